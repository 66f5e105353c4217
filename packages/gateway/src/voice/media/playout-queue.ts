// What is to be said: segments of audio one after the other, given out in frames of 20 ms, with an account of each.
import { PcmFifo } from './pcm-fifo.ts';
import { frameSamples } from './pcm.ts';

/** What a queue tells of its segments, in the order it happens. Called from within its methods. */
export interface PlayoutEvents {
  /** The segment's first frame was given out. */
  segmentStarted?: (segmentId: string) => void;
  /** The segment was finished and its last frame was given out, or it was flushed (even before it had begun). */
  segmentEnded?: (segmentId: string, how: 'played' | 'flushed') => void;
  /** Nothing is left: every segment has ended. */
  drained?: () => void;
}

interface Segment {
  id: string;
  audio: PcmFifo;
  isFinished: boolean;
  hasStarted: boolean;
}

/** Audio of a segment that can wait: what comes beyond is dropped. Models speak faster than they are listened to. */
const maxWaitingMs = 10 * 60_000;
/** What was begun is faded out over so much when it is cut off. */
const fadeMs = 10;

/** Holds what one call is to say. PCM is mono at the rate of the queue. */
export class PlayoutQueue {
  readonly #rate: number;
  readonly #events: PlayoutEvents;
  readonly #segments: Segment[] = [];
  /** Samples given out, by segment; of a call's whole length. */
  readonly #played = new Map<string, number>();
  /** The end of what was cut off, still to be given out. */
  #fading: Int16Array | undefined;
  #isPaused = false;
  #droppedSamples = 0;

  constructor(rate: number, events: PlayoutEvents = {}) {
    this.#rate = rate;
    this.#events = events;
  }

  /** Appends audio to a segment. The first call makes the segment, after those there are. Don't change `pcm` later. */
  write(segmentId: string, pcm: Int16Array): void {
    const segment = this.#segmentOf(segmentId);
    if (!segment) return;
    const room = Math.max(0, (maxWaitingMs * this.#rate) / 1000 - segment.audio.length);
    segment.audio.push(pcm.length <= room ? pcm : pcm.subarray(0, room));
    this.#droppedSamples += Math.max(0, pcm.length - room);
  }

  /** No more audio comes for the segment. Without any audio it ends at its turn. */
  finish(segmentId: string): void {
    const segment = this.#segmentOf(segmentId);
    if (!segment) return;
    segment.isFinished = true;
    this.#endFinished();
  }

  /** Drops everything. What is sounding is faded out within the next frame. Later audio of the segments is dropped, too. */
  flush(): void {
    const dropped = this.#segments.splice(0);
    const sounding = dropped.find(({ hasStarted }) => hasStarted);
    if (sounding && !this.#isPaused) this.#fading = this.#fadeOut(sounding);
    for (const { id } of dropped) {
      this.#played.set(id, this.#played.get(id) ?? 0);
      this.#events.segmentEnded?.(id, 'flushed');
    }
    if (dropped.length > 0) this.#events.drained?.();
  }

  /** Holds everything where it is. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** The next 20 ms; `undefined` when there is nothing to say. A segment that isn't finished waits for a whole frame. */
  next(): Int16Array | undefined {
    if (this.#isPaused) return undefined;
    const size = frameSamples(this.#rate);
    const frame = this.#fading ? padded(this.#takeFading(), size) : this.#takeFrame(size);
    this.#endFinished();
    return frame;
  }

  /** What `next` would give, if that is a frame from the midst of a segment; it remains where it is. */
  peek(): Int16Array | undefined {
    if (this.#isPaused || this.#fading) return undefined;
    const size = frameSamples(this.#rate);
    const [first] = this.#segments;
    return first && first.audio.length >= size ? first.audio.peek(size) : undefined;
  }

  /** How much of a segment was given out, ms. */
  playedMs(segmentId: string): number {
    return ((this.#played.get(segmentId) ?? 0) * 1000) / this.#rate;
  }

  /** Something waits or sounds. */
  get isSpeaking(): boolean {
    return this.#segments.length > 0;
  }

  /** How much waits, ms. */
  get waitingMs(): number {
    const samples = this.#segments.reduce((sum, { audio }) => sum + audio.length, 0);
    return (samples * 1000) / this.#rate;
  }

  /** How much was dropped because too much waited, ms. */
  get droppedMs(): number {
    return (this.#droppedSamples * 1000) / this.#rate;
  }

  /** The segment, made if need be; `undefined` when it is over. */
  #segmentOf(id: string): Segment | undefined {
    const known = this.#segments.find((segment) => segment.id === id);
    if (known?.isFinished || (!known && this.#played.has(id))) return undefined;
    if (known) return known;
    const segment = { id, audio: new PcmFifo(), isFinished: false, hasStarted: false };
    this.#segments.push(segment);
    return segment;
  }

  #takeFrame(size: number): Int16Array | undefined {
    if (!this.#hasFrame(size)) return undefined;
    const [first] = this.#segments;
    if (first && first.audio.length >= size) return this.#takeFrom(first, size);

    const frame = new Int16Array(size);
    let filled = 0;
    for (const segment of this.#segments) {
      const part = this.#takeFrom(segment, size - filled);
      frame.set(part, filled);
      filled += part.length;
      if (filled === size || !segment.isFinished) break;
    }
    return frame;
  }

  /** A frame's worth of audio, or all there will be until the end of a finished segment. */
  #hasFrame(size: number): boolean {
    let available = 0;
    for (const { audio, isFinished } of this.#segments) {
      available += audio.length;
      if (available >= size) return true;
      if (!isFinished) return available > audio.length;
    }
    return available > 0;
  }

  #takeFrom(segment: Segment, count: number): Int16Array {
    const part = segment.audio.take(count);
    if (part.length === 0) return part;
    this.#played.set(segment.id, (this.#played.get(segment.id) ?? 0) + part.length);
    if (!segment.hasStarted) this.#events.segmentStarted?.(segment.id);
    segment.hasStarted = true;
    return part;
  }

  #endFinished(): void {
    let hasEnded = false;
    for (let [first] = this.#segments; first?.isFinished && first.audio.length === 0; [first] = this.#segments) {
      this.#segments.shift();
      this.#played.set(first.id, this.#played.get(first.id) ?? 0);
      this.#events.segmentEnded?.(first.id, 'played');
      hasEnded = true;
    }
    if (hasEnded && this.#segments.length === 0) this.#events.drained?.();
  }

  #fadeOut(segment: Segment): Int16Array | undefined {
    const tail = this.#takeFrom(segment, (fadeMs * this.#rate) / 1000);
    return tail.length === 0 ? undefined : tail.map((sample, index) => Math.round(sample * (1 - index / tail.length)));
  }

  #takeFading(): Int16Array {
    const fading = this.#fading ?? new Int16Array();
    this.#fading = undefined;
    return fading;
  }
}

function padded(pcm: Int16Array, size: number): Int16Array {
  const frame = new Int16Array(size);
  frame.set(pcm);
  return frame;
}
