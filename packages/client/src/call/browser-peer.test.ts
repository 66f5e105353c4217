import { describe, expect, it } from 'vitest';
import { fakeStream } from '../../test/fake-peer.ts';
import { browserPeers } from './browser-peer.ts';
import type { MediaState } from './call.machine.ts';
import type { Candidate, Peer } from './ports/peer.ts';

/** As much of an `RTCPeerConnection` as a peer uses. */
class FakeConnection extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new';
  localDescriptions: RTCSessionDescriptionInit[] = [];
  remoteDescriptions: RTCSessionDescriptionInit[] = [];
  tracks: unknown[] = [];
  isClosed = false;
  stats: object[] = [];
  readonly dtmf = {
    canInsertDTMF: true,
    toneBuffer: '',
    insertDTMF(tones: string) {
      this.toneBuffer = tones;
    },
  };

  addTransceiver(track: unknown): { sender: object } {
    this.tracks.push(track);
    const replaceTrack = async (next: unknown): Promise<void> => {
      this.tracks.push(next);
    };
    return { sender: { dtmf: this.dtmf, replaceTrack } };
  }

  async createOffer({ iceRestart }: RTCOfferOptions): Promise<{ sdp: string }> {
    return { sdp: iceRestart ? 'restart' : 'first' };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.localDescriptions.push(description);
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.remoteDescriptions.push(description);
  }

  async addIceCandidate(): Promise<void> {
    throw new TypeError('no candidate');
  }

  async getStats(): Promise<Map<string, object>> {
    return new Map(this.stats.map((stat, index) => [String(index), stat]));
  }

  close(): void {
    this.isClosed = true;
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  find(candidate: object | null): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
  }
}

interface Opened {
  connection: FakeConnection;
  peer: Peer;
  configuration: RTCConfiguration | undefined;
  media: MediaState[];
  candidates: Candidate[];
  remotes: MediaStream[];
}

function microphone(track: string): MediaStream {
  return { getAudioTracks: () => [track] } as unknown as MediaStream;
}

function open(): Opened {
  const connection = new FakeConnection();
  const opened: Omit<Opened, 'peer'> = { connection, configuration: undefined, media: [], candidates: [], remotes: [] };
  const openPeer = browserPeers((configuration) => {
    opened.configuration = configuration;
    return connection as unknown as RTCPeerConnection;
  });
  const servers = [
    { urls: ['stun:s:1'], username: undefined },
    { urls: ['turn:t:1'], username: 'u', credential: 'c' },
  ];
  const peer = openPeer(servers, microphone('mic 1'), {
    candidate: (candidate) => opened.candidates.push(candidate),
    media: (is) => opened.media.push(is),
    remote: (stream) => opened.remotes.push(stream),
  });
  return Object.assign(opened, { peer });
}

describe("the browser's peer", () => {
  it('takes the servers as they are, and no credentials where there are none', () => {
    expect(open().configuration?.iceServers).toEqual([
      { urls: ['stun:s:1'] },
      { urls: ['turn:t:1'], username: 'u', credential: 'c' },
    ]);
  });

  it('makes offers its own description, and answers the other one', async () => {
    const { peer, connection } = open();
    expect(await peer.offer({ iceRestart: false })).toBe('first');
    await peer.accept('answer');
    expect(await peer.offer({ iceRestart: true })).toBe('restart');
    expect(connection.localDescriptions.map(({ sdp }) => sdp)).toEqual(['first', 'restart']);
    expect(connection.remoteDescriptions).toEqual([{ type: 'answer', sdp: 'answer' }]);
  });

  it('tells of the path, and of nothing in between', () => {
    const { connection, media } = open();
    for (const state of ['connecting', 'connected', 'disconnected', 'failed', 'closed'] as const) {
      connection.become(state);
    }
    expect(media).toEqual(['connected', 'interrupted', 'failed']);
  });

  it('tells of candidates, but not that there are no more', () => {
    const { connection, candidates } = open();
    const found = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 };
    connection.find({ ...found, usernameFragment: 'x' });
    connection.find({ ...found, candidate: '' });
    connection.find(null);
    expect(candidates).toEqual([found]);
  });

  it('bears candidates that are of no use', () => {
    const { peer } = open();
    expect(() => peer.addCandidate({ candidate: 'nonsense', sdpMid: '0', sdpMLineIndex: 0 })).not.toThrow();
  });

  it('gives away what the agent says', () => {
    const { connection, remotes } = open();
    const stream = fakeStream('agent');
    connection.dispatchEvent(Object.assign(new Event('track'), { streams: [stream], track: {} }));
    expect(remotes).toEqual([stream]);
  });

  it('presses keys after those that are still being sent', () => {
    const { peer, connection } = open();
    expect(peer.press('1')).toBe(true);
    expect(peer.press('2#')).toBe(true);
    expect(connection.dtmf.toneBuffer).toBe('12#');
    connection.dtmf.canInsertDTMF = false;
    expect(peer.press('3')).toBe(false);
  });

  it('changes microphones without another offer', () => {
    const { peer, connection } = open();
    peer.speakThrough(microphone('mic 2'));
    expect(connection.tracks).toEqual(['mic 1', 'mic 2']);
    expect(connection.localDescriptions).toEqual([]);
  });

  it('counts in milliseconds and percent, on the pair that is in use', async () => {
    const { peer, connection } = open();
    connection.stats = [
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 500, packetsLost: 4, jitter: 0.006 },
      { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.02, roundTripTime: 0.5 },
      { type: 'candidate-pair', nominated: true, state: 'failed', currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.04 },
      { type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9 },
    ];
    expect(await peer.counts()).toEqual({
      received: 500,
      lost: 4,
      jitterMs: 6,
      rttMs: 40,
      lossAtGatewayPercent: 2,
    });
  });

  it('says nothing any more once it is closed', () => {
    const { peer, connection, media } = open();
    peer.close();
    connection.become('failed');
    expect(connection.isClosed).toBe(true);
    expect(media).toEqual([]);
  });
});
