// A microphone and an audio path without any sound.
import type { MicrophoneProblem } from '../src/call/call-problem.ts';
import type { Microphone, OpenMicrophone } from '../src/call/ports/microphone.ts';
import type { Candidate, OpenPeer, Peer, PeerEvents } from '../src/call/ports/peer.ts';
import type { PathCounts } from '../src/call/quality.ts';

/** A stream that is nothing but itself. */
export function fakeStream(name: string): MediaStream {
  return { id: name } as MediaStream;
}

/** Microphones of a machine, each opened one after another. */
export class FakeMicrophones {
  problem: MicrophoneProblem | undefined;
  /** Resolves the question for the microphone; answered at once unless a test takes it. */
  answer: Promise<void> = Promise.resolve();
  isMuted = false;
  open = 0;
  #opened = 0;
  #unplug: () => void = () => {};

  readonly openMicrophone: OpenMicrophone = async (onGone) => {
    await this.answer;
    if (this.problem) return { problem: this.problem };
    this.#unplug = onGone;
    this.open += 1;
    this.#opened += 1;
    const microphone: Microphone = {
      stream: fakeStream(`microphone ${this.#opened}`),
      mute: (isMuted) => {
        this.isMuted = isMuted;
      },
      close: () => {
        this.open -= 1;
      },
    };
    return microphone;
  };

  /** The microphone in use is pulled out. */
  unplug(): void {
    this.#unplug();
  }
}

/** The one peer of a test's call. */
export class FakePeer implements Peer {
  iceServers: readonly { urls: string[] }[] = [];
  microphone: MediaStream | undefined;
  offers: { iceRestart: boolean }[] = [];
  accepted: string[] = [];
  candidates: Candidate[] = [];
  pressed = '';
  isClosed = false;
  /** What is wrong with every answer. */
  answerProblem: Error | undefined;
  nextCounts: PathCounts = { received: 0, lost: 0 };
  events: PeerEvents = { candidate() {}, media() {}, remote() {} };

  readonly open: OpenPeer = (iceServers, microphone, events) => {
    this.iceServers = iceServers;
    this.microphone = microphone;
    this.events = events;
    return this;
  };

  async offer(options: { iceRestart: boolean }): Promise<string> {
    this.offers.push(options);
    return `offer ${this.offers.length}`;
  }

  async accept(answerSdp: string): Promise<void> {
    if (this.answerProblem) throw this.answerProblem;
    this.accepted.push(answerSdp);
  }

  addCandidate(candidate: Candidate): void {
    this.candidates.push(candidate);
  }

  speakThrough(microphone: MediaStream): void {
    this.microphone = microphone;
  }

  press(tones: string): boolean {
    this.pressed += tones;
    return true;
  }

  async counts(): Promise<PathCounts> {
    return this.nextCounts;
  }

  close(): void {
    this.isClosed = true;
  }
}
