// A call with the agent, whole: asks for the microphone, finds a path for audio, keeps it, and lets go of everything
// at the end. Connects the parts; the machine decides.
import type { CallModeName } from '@parley/protocol';
import { openWebSocket } from '../ports/socket.ts';
import type { OpenSocket } from '../ports/socket.ts';
import { systemTime } from '../ports/time.ts';
import type { Time, Timer } from '../ports/time.ts';
import { browserPeers } from './browser-peer.ts';
import type { Relay } from './call-problem.ts';
import { CallSignaling } from './call-signaling.ts';
import { isUnderWay, stepCall } from './call.machine.ts';
import type { CallEffect, CallInput, CallState } from './call.machine.ts';
import { fetchIceServers } from './ice-servers.ts';
import { openBrowserMicrophone } from './ports/microphone.ts';
import type { Microphone, OpenMicrophone } from './ports/microphone.ts';
import type { OpenPeer, Peer } from './ports/peer.ts';
import { QualityWatch } from './quality-watch.ts';
import type { Quality } from './quality.ts';

/** Where the server is, who calls, and the world around the call (the browser's by default). */
export interface CallOptions {
  /** Origin of the server: `https://voice.example.com`. */
  baseUrl: string;
  /** A web-calling token; a connector token does, too. */
  token: string;
  /** The call's name, an id that no other live call has. Asked for once, right before the first offer: the moment to
   * link the call to a conversation. */
  callSid: () => string;
  /** How the call is answered; the server's choice by default. */
  mode?: CallModeName;
  /** A variant of the agent. */
  variantId?: string;
  time?: Time;
  fetch?: typeof globalThis.fetch;
  openSocket?: OpenSocket;
  openMicrophone?: OpenMicrophone;
  openPeer?: OpenPeer;
}

/** A call at one moment. Never changes; a change makes a new one. */
export interface CallSnapshot {
  state: CallState;
  isMuted: boolean;
  /** Whether there is a microphone to be heard through; it may be unplugged in mid-call. */
  hasMicrophone: boolean;
  /** What the caller says, while the call is under way: for a meter. */
  microphone?: MediaStream;
  /** What the agent says, while the call is under way: to be played. */
  remote?: MediaStream;
  /** How good the audio path is, while the call is live. */
  quality?: Quality;
}

/** A call that has not started yet. */
export function createCall(options: CallOptions): Call {
  return new Call(options);
}

/** One call, from its start to its end; another one is another `Call`. Methods never throw. */
export class Call {
  readonly #options: CallOptions;
  readonly #time: Time;
  readonly #listeners = new Set<(snapshot: CallSnapshot) => void>();
  #state: CallState = { at: 'idle' };
  #relay: Relay = 'unknown';
  #isMuted = false;
  #microphone: Microphone | undefined;
  #signaling: CallSignaling | undefined;
  #peer: Peer | undefined;
  #remote: MediaStream | undefined;
  #watch: QualityWatch | undefined;
  #quality: Quality | undefined;
  #alarm: Timer | undefined;
  #snapshot: CallSnapshot;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#time = options.time ?? systemTime;
    this.#snapshot = this.#takeSnapshot();
  }

  /** Asks for the microphone, then calls. */
  start(): void {
    this.#step({ kind: 'start' });
  }

  /** The call at this moment. */
  snapshot(): CallSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` with every new snapshot, until the returned function is called. */
  subscribe(listener: (snapshot: CallSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets the agent hear silence, or the caller again. */
  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#microphone?.mute(isMuted);
    this.#changed();
  }

  /** Sends touch-tones: `0`-`9`, `*`, `#`. False when they can't be sent now. */
  press(tones: string): boolean {
    return this.#state.at === 'live' && this.#peer?.press(tones) === true;
  }

  /** The machine may be in another network: makes sure of signaling, and looks for a new path. */
  networkChanged(): void {
    this.#signaling?.check();
    this.#step({ kind: 'network-changed' });
  }

  /** Ends the call, however far it has come. */
  hangUp(): void {
    this.#step({ kind: 'hang-up' });
  }

  #step(input: CallInput): void {
    const facts = { nowMs: this.#time.nowMs(), relay: this.#relay };
    const { next, effects } = stepCall(this.#state, input, facts);
    if (next !== this.#state) this.#alarm?.cancel();
    this.#state = next;
    this.#watchQuality();
    for (const effect of effects) this.#perform(effect);
    this.#changed();
  }

  #perform(effect: CallEffect): void {
    switch (effect.do) {
      case 'open-microphone':
        return void this.#openMicrophone();
      case 'connect':
        return void this.#connect();
      case 'restart-ice':
        if (!this.#signaling?.isNegotiating) void this.#offer({ iceRestart: true });
        return;
      case 'release':
        return this.#release();
      case 'set-alarm':
        this.#alarm?.cancel();
        this.#alarm = this.#time.after(effect.inMs, () => this.#step({ kind: 'alarm' }));
    }
  }

  async #openMicrophone(): Promise<void> {
    const { openMicrophone = openBrowserMicrophone } = this.#options;
    const opened = await openMicrophone(() => this.#microphoneGone());
    const isWanted = isUnderWay(this.#state);
    if ('problem' in opened) return this.#step({ kind: 'microphone-failed', problem: opened.problem });
    if (!isWanted) return opened.close();
    opened.mute(this.#isMuted);
    this.#microphone = opened;
    this.#peer?.speakThrough(opened.stream);
    this.#step({ kind: 'microphone-open' });
  }

  // Another one may be there; without any, the call goes on for listening.
  #microphoneGone(): void {
    this.#microphone?.close();
    this.#microphone = undefined;
    this.#changed();
    void this.#openMicrophone();
  }

  async #connect(): Promise<void> {
    const { baseUrl, token, fetch = globalThis.fetch.bind(globalThis) } = this.#options;
    const result = await fetchIceServers({ baseUrl, token, fetch, time: this.#time });
    if (this.#state.at !== 'connecting' || !this.#microphone) return;
    if ('refused' in result) return this.#step({ kind: 'refused', ...result.refused });
    this.#relay = result.relay;
    try {
      this.#peer = this.#newPeer(result.servers, this.#microphone.stream);
    } catch {
      return this.#step({ kind: 'media', is: 'failed' });
    }
    this.#signaling = this.#newSignaling();
    this.#signaling.open();
    await this.#offer({ iceRestart: false });
  }

  async #offer(options: { iceRestart: boolean }): Promise<void> {
    const peer = this.#peer;
    try {
      const sdp = await peer?.offer(options);
      if (sdp !== undefined && peer === this.#peer) this.#signaling?.offer(sdp);
    } catch {
      if (peer === this.#peer) this.#step({ kind: 'media', is: 'failed' });
    }
  }

  #newSignaling(): CallSignaling {
    const { baseUrl, openSocket = openWebSocket, token, callSid, mode, variantId } = this.#options;
    return new CallSignaling({
      baseUrl,
      openSocket,
      time: this.#time,
      offer: { authToken: token, callSid: callSid(), mode, variantId },
      events: {
        answered: (sdp) => this.#answered(sdp),
        candidate: (candidate) => this.#peer?.addCandidate(candidate),
        refused: (reason, message) => this.#step({ kind: 'refused', reason, message }),
        closed: () => this.#step({ kind: 'closed' }),
        unreachable: () => this.#step({ kind: 'unreachable' }),
      },
    });
  }

  #newPeer(servers: Parameters<OpenPeer>[0], microphone: MediaStream): Peer {
    const { openPeer = browserPeers() } = this.#options;
    return openPeer(servers, microphone, {
      candidate: (candidate) => this.#signaling?.candidate(candidate),
      media: (is) => this.#step({ kind: 'media', is }),
      remote: (stream) => {
        this.#remote = stream;
        this.#changed();
      },
    });
  }

  #answered(sdp: string): void {
    this.#step({ kind: 'answered' });
    // An answer that can't be taken makes no path; if there is one already, the next restart has another try.
    this.#peer?.accept(sdp).catch(() => this.#state.at === 'connecting' && this.#step({ kind: 'media', is: 'failed' }));
  }

  #watchQuality(): void {
    const peer = this.#peer;
    if (this.#state.at === 'live' && peer) {
      this.#watch ??= new QualityWatch({
        time: this.#time,
        counts: () => peer.counts(),
        onQuality: (quality) => {
          this.#quality = quality;
          this.#changed();
        },
      });
      return;
    }
    this.#watch?.stop();
    this.#watch = undefined;
    this.#quality = undefined;
  }

  #release(): void {
    this.#signaling?.close();
    this.#peer?.close();
    this.#microphone?.close();
    this.#signaling = undefined;
    this.#peer = undefined;
    this.#microphone = undefined;
    this.#remote = undefined;
  }

  #changed(): void {
    this.#snapshot = this.#takeSnapshot();
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  #takeSnapshot(): CallSnapshot {
    const microphone = this.#microphone?.stream;
    const remote = this.#remote;
    const quality = this.#quality;
    return {
      state: this.#state,
      isMuted: this.#isMuted,
      hasMicrophone: microphone !== undefined,
      ...(microphone && { microphone }),
      ...(remote && { remote }),
      ...(quality && { quality }),
    };
  }
}
