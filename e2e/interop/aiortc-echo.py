"""An echo call by aiortc, a WebRTC stack that shares no code with Parley's: ICE, DTLS and SRTP of its own.

Arguments: address of the signaling (ws://...), token. Prints what it heard as one line of JSON.
"""

import array
import asyncio
import fractions
import json
import math
import sys

import aioice.ice
import av
import websockets
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription

RATE = 48000
FRAME = 960
TONE_HZ = 440
WANTED_FRAMES = 50
PATIENCE_SECONDS = 20

# It leaves loopback out, which is all there is between the two.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


class Tone(MediaStreamTrack):
    """A microphone that hears a tone."""

    kind = "audio"

    def __init__(self):
        super().__init__()
        self.samples = 0
        self.began = None

    async def recv(self):
        loop = asyncio.get_running_loop()
        self.began = self.began or loop.time()
        await asyncio.sleep(max(0, self.began + self.samples / RATE - loop.time()))
        frame = av.AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.sample_rate = RATE
        frame.pts = self.samples
        frame.time_base = fractions.Fraction(1, RATE)
        angles = (2 * math.pi * TONE_HZ * (self.samples + index) / RATE for index in range(FRAME))
        frame.planes[0].update(array.array("h", (int(10000 * math.sin(angle)) for angle in angles)).tobytes())
        self.samples += FRAME
        return frame


def share_of_tone(samples):
    """How much of the energy is that of the tone, 0 to 1."""
    energy = sum(sample * sample for sample in samples)
    if energy == 0:
        return 0
    step = 2 * math.pi * TONE_HZ / RATE
    real = sum(sample * math.cos(step * index) for index, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(step * index) for index, sample in enumerate(samples))
    return 2 * (real * real + imaginary * imaginary) / (len(samples) * energy)


async def listen(track):
    """Waits for the tone, and counts its frames until there are enough."""
    frames = 0
    while frames < WANTED_FRAMES:
        frame = await track.recv()
        channels = len(frame.layout.channels)
        samples = array.array("h", bytes(frame.planes[0])[: frame.samples * channels * 2])[::channels]
        if share_of_tone(samples) > 0.8:
            frames += 1
    return frames


async def call(address, token):
    peer = RTCPeerConnection()
    remote = asyncio.get_running_loop().create_future()
    peer.on("track", lambda track: remote.set_result(track))
    peer.addTrack(Tone())
    await peer.setLocalDescription(await peer.createOffer())
    async with websockets.connect(address) as socket:
        offer = {"type": "offer", "sdp": peer.localDescription.sdp}
        await socket.send(json.dumps({"type": "offer", "mode": "echo", "authToken": token, "data": offer}))
        answer = json.loads(await socket.recv())
        if answer["type"] != "answer":
            raise RuntimeError(answer)
        await peer.setRemoteDescription(RTCSessionDescription(answer["data"]["sdp"], "answer"))
        frames = await listen(await remote)
        state = peer.connectionState
        await socket.send(json.dumps({"type": "close", "sessionId": answer["sessionId"]}))
        await peer.close()
        return {"state": state, "toneFrames": frames}


print(json.dumps(asyncio.run(asyncio.wait_for(call(*sys.argv[1:]), PATIENCE_SECONDS))))
