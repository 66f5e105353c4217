// A caller with the same native stack, for tests and benchmarks: makes offers, applies answers, sends and receives packets.
import { Audio, PeerConnection, type RtcConfig } from 'node-datachannel';

/** How a caller is made. */
export interface NativeCallerOptions {
  /** Where it listens. Loopback unless told otherwise. */
  bindAddress?: string;
  /** Payload type of Opus. 111 unless told otherwise. */
  opusPayloadType?: number;
  /** What RTP goes out with. */
  ssrc?: number;
  /** Further settings of the native stack. */
  native?: Partial<RtcConfig>;
}

/** The caller's side of a call. */
export interface NativeCaller {
  readonly ssrc: number;
  readonly opusPayloadType: number;
  /**
   * The offer: audio alone, `sendrecv`. Without candidates unless asked for: libdatachannel, when it offers, may refuse
   * the other side's certificate if that comes before it has read the answer.
   */
  offer(options?: { candidates: boolean }): Promise<string>;
  /** The candidates of the offer, each as `candidate:…`. */
  candidates(): Promise<string[]>;
  /** Applies an answer. */
  applyAnswer(sdp: string): void;
  /** Adds a candidate of the gateway, as `candidate:…`. */
  addCandidate(line: string): void;
  /** Resolves when packets can be sent; rejects when the connection fails. */
  readonly connected: Promise<void>;
  /** Resolves when the connection is over, whoever ended it. */
  readonly ended: Promise<void>;
  /** Sends an RTP or RTCP packet as it is. */
  send(packet: Uint8Array): boolean;
  /** Every packet that arrives from now on, RTCP included. */
  onPacket(take: (packet: Uint8Array) => void): void;
  /** The next packet that `matches`. */
  nextPacket(matches?: (packet: Uint8Array) => boolean): Promise<Uint8Array>;
  close(): void;
}

/** Makes a caller and begins to gather its candidates. */
export function createNativeCaller(options: NativeCallerOptions = {}): NativeCaller {
  const { bindAddress = '127.0.0.1', opusPayloadType = 111, ssrc = 0x0ca1_1e40, native } = options;
  const peer = new PeerConnection('caller', { iceServers: [], bindAddress, ...native });
  const listeners = new Set<(packet: Uint8Array) => void>();
  const gathered = Promise.withResolvers<void>();
  const connected = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  connected.promise.catch(() => {});

  const audio = new Audio('0', 'SendRecv');
  audio.addOpusCodec(opusPayloadType);
  audio.addSSRC(ssrc, 'caller');
  const track = peer.addTrack(audio);
  track.onOpen(() => connected.resolve());
  track.onMessage((packet) => {
    for (const take of listeners) take(packet);
  });
  peer.onGatheringStateChange((state) => {
    if (state === 'complete') gathered.resolve();
  });
  peer.onStateChange((state) => {
    if (state !== 'failed' && state !== 'closed' && state !== 'disconnected') return;
    connected.reject(new Error(`the caller's connection is ${state}`));
    ended.resolve();
  });
  peer.setLocalDescription('offer');

  async function description(): Promise<string> {
    await gathered.promise;
    return peer.localDescription()?.sdp ?? '';
  }

  function addCandidate(line: string): void {
    peer.addRemoteCandidate(line, '0');
  }

  return {
    ssrc,
    opusPayloadType,
    async offer({ candidates } = { candidates: false }) {
      const sdp = await description();
      return candidates ? sdp : withoutCandidates(sdp);
    },
    candidates: async () => candidatesOf(await description()),
    applyAnswer(sdp) {
      peer.setRemoteDescription(withoutCandidates(sdp), 'answer');
      for (const line of candidatesOf(sdp)) addCandidate(line);
    },
    addCandidate,
    connected: connected.promise,
    ended: ended.promise,
    send: (packet) =>
      track.isOpen() && track.sendMessageBinary(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)),
    onPacket: (take) => void listeners.add(take),
    nextPacket: (matches = () => true) =>
      new Promise((resolve) => {
        const take = (packet: Uint8Array): void => {
          if (!matches(packet)) return;
          listeners.delete(take);
          resolve(packet);
        };
        listeners.add(take);
      }),
    close() {
      track.close();
      peer.close();
      ended.resolve();
    },
  };
}

function candidatesOf(sdp: string): string[] {
  return [...sdp.matchAll(/^a=(candidate:.*)\r$/gm)].flatMap(([, line]) => line ?? []);
}

function withoutCandidates(sdp: string): string {
  return sdp.replace(/a=(candidate|end-of-candidates).*\r\n/g, '');
}
