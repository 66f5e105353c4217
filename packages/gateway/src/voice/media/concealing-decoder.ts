// Makes audio of whatever the jitter buffer says: decodes packets, and bridges what is missing.
import type { OpusDecoder } from '../ports/opus.ts';
import type { Playout } from './jitter-buffer.ts';
import { carriesOpusFec } from './opus-packet.ts';
import { samplesOfTicks, ticksPerMs } from './pcm.ts';

/** Some audio, mono. */
export interface Piece {
  pcm: Int16Array;
  /** Where it is from: a packet, the copy in the next packet, a guess, or nothing (zeros). */
  origin: 'decoded' | 'recovered' | 'concealed' | 'silence';
}

/** What had to be bridged so far. */
export interface BridgeCounts {
  /** Lost packets whose audio was in the next one. */
  fecRecoveries: number;
  /** Audio that was missing and made up, or silence instead of it. */
  concealedMs: number;
  /** Silence the sender didn't send (DTX, mute). */
  silentMs: number;
  /** Packets that aren't Opus, whatever they began with. */
  undecodable: number;
}

/** A guess is good for so long; a longer gap is silent. */
const maxGuessMs = 60;

/** Decodes one stream to `rate` Hz. Never throws for what came from the network. */
export class ConcealingDecoder {
  readonly counts: BridgeCounts = { fecRecoveries: 0, concealedMs: 0, silentMs: 0, undecodable: 0 };
  readonly #decoder: OpusDecoder;
  readonly #rate: number;
  /** How long nothing was decoded. */
  #gapMs = 0;

  /** `decoder` must be of one channel and of `rate`; it is closed with this. */
  constructor(decoder: OpusDecoder, rate: number) {
    this.#decoder = decoder;
    this.#rate = rate;
  }

  /** The audio of what the jitter buffer gave; as long as that says. */
  decode(playout: Playout): Piece {
    switch (playout.kind) {
      case 'packet':
        return this.#decodePacket(playout);
      case 'lost':
        return this.#recover(playout) ?? this.#bridgeLoss(playout.ticks);
      case 'starved':
        return this.#bridgeDoubt(playout.ticks);
      case 'silence':
        return this.#silence(playout.ticks);
    }
  }

  close(): void {
    this.#decoder.close();
  }

  #decodePacket({ payload, ticks }: { payload: Uint8Array; ticks: number }): Piece {
    const pcm = this.#decoder.decode(payload);
    if (!pcm) {
      this.counts.undecodable += 1;
      return this.#bridgeLoss(ticks);
    }
    this.#gapMs = 0;
    return { pcm, origin: 'decoded' };
  }

  #recover({ next, ticks }: { next?: Uint8Array; ticks: number }): Piece | undefined {
    if (!next || !carriesOpusFec(next)) return undefined;
    const pcm = this.#decoder.recover(next, samplesOfTicks(ticks, this.#rate));
    if (!pcm) return undefined;
    this.counts.fecRecoveries += 1;
    this.#gapMs = 0;
    return { pcm, origin: 'recovered' };
  }

  #bridgeLoss(ticks: number): Piece {
    this.counts.concealedMs += ticks / ticksPerMs;
    return this.#guess(ticks) ?? this.#zeros(ticks);
  }

  /** What doesn't come for long was never sent, most likely: only the guess counts as concealment. */
  #bridgeDoubt(ticks: number): Piece {
    const guess = this.#guess(ticks);
    if (!guess) return this.#silence(ticks);
    this.counts.concealedMs += ticks / ticksPerMs;
    return guess;
  }

  #guess(ticks: number): Piece | undefined {
    if (this.#gapMs >= maxGuessMs) return undefined;
    this.#gapMs += ticks / ticksPerMs;
    return { pcm: this.#decoder.conceal(samplesOfTicks(ticks, this.#rate)), origin: 'concealed' };
  }

  #silence(ticks: number): Piece {
    this.counts.silentMs += ticks / ticksPerMs;
    return this.#zeros(ticks);
  }

  #zeros(ticks: number): Piece {
    return { pcm: new Int16Array(samplesOfTicks(ticks, this.#rate)), origin: 'silence' };
  }
}
