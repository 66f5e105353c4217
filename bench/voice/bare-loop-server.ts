// The peer: the least that node-datachannel does for an echo call. It answers every offer and sends packets back as they
// came; nothing is checked, counted or rewritten.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeSignal, encodeSignal } from '@parley/protocol';
import { Audio, PeerConnection } from 'node-datachannel';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { reportToBench } from '../server-process.ts';

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });

sockets.on('connection', (socket) => {
  const peer = new PeerConnection('bare', { iceServers: [], bindAddress: '127.0.0.1' });
  socket.on('close', () => peer.close());
  socket.on('message', (data: Buffer) => {
    const signal = decodeSignal(data.toString());
    if ('refused' in signal) return;
    if (signal.type === 'offer') answer(socket, peer, (signal.data as { sdp: string }).sdp);
    if (signal.type === 'ice-candidate' && signal.data) peer.addRemoteCandidate(signal.data.candidate, '0');
  });
});

function answer(socket: WebSocket, peer: PeerConnection, offer: string): void {
  const audio = new Audio('0', 'SendRecv');
  audio.addOpusCodec(111);
  const track = peer.addTrack(audio);
  track.onMessage((packet) => void track.sendMessageBinary(packet));
  peer.onGatheringStateChange((state) => {
    if (state !== 'complete') return;
    const sdp = peer.localDescription()?.sdp ?? '';
    socket.send(encodeSignal({ type: 'answer', sessionId: 'bare', data: { type: 'answer', sdp } }));
  });
  peer.setRemoteDescription(offer, 'offer');
}

http.listen(0, '127.0.0.1', () => reportToBench((http.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));
