// Says sentences one after the other and knows which of their words were heard. One synthesis runs at a time, and
// only for the sentence that is played next.
import type { Log, Timer } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';
import { asError } from '../unbroken-dialogue.ts';
import { heardSpans, MS_PER_CHARACTER } from './heard-part.ts';
import { beginSegment } from './segment.ts';
import type { Segment, SegmentParts } from './segment.ts';
import type { Sentence } from './sentences.ts';

/** Words are told so often while a sentence is played. */
const TELL_EVERY_MS = 1_000;
/** A sentence whose synthesis breaks so often in a row can't be said. */
const MAX_FAILURES = 2;

/** How something is said; shared by what belongs together. */
export interface Manner {
  /**
   * What the caller's speech does to it: nothing; silences it for good; or silences it until the caller has finished,
   * after which it goes on with the sentence that was cut.
   */
  interruption: 'never' | 'ends' | 'pauses';
}

/** A sentence to be said. */
export interface Line {
  sentence: Sentence;
  /** BCP-47. */
  language: string;
  manner: Manner;
  /** These words, in the writing of the original, were heard. Each once, in order. */
  heard(text: string): void;
}

/** Something to be done once all before it was heard. One of the two is called, once. */
export interface Step {
  manner: Manner;
  reached(): void;
  dropped(): void;
}

/** The voice of a call. */
export interface Speaker {
  /** From now on there is somebody to speak to. */
  open(): void;
  say(line: Line): void;
  afterwards(step: Step): void;
  /** The caller speaks: silence, except for what nothing interrupts. */
  hold(): void;
  /** The caller has finished: goes on. */
  resume(): void;
  /** Forgets whatever the caller's speech ends. */
  drop(): void;
  segmentStarted(segmentId: string): void;
  segmentEnded(segmentId: string): void;
  readonly isHeld: boolean;
  /** Nothing is said, and nothing waits to be. */
  readonly isIdle: boolean;
  /** How what is sounding is said; null when nothing is. */
  readonly sounding: Manner | null;
  close(): void;
}

/** What a speaker needs. */
export interface SpeakerParts extends SegmentParts {
  log: Log;
  /** The first sound of a sentence is on its way. */
  began(manner: Manner): void;
  /** Something began, ended or was forgotten. */
  changed(): void;
  /** What was to be said next can't be, and was forgotten with all that was to follow. */
  failed(error: Error): void;
}

interface QueuedLine extends Line {
  kind: 'line';
  segment: Segment | null;
  /** Spans that were told to be heard. */
  toldSpans: number;
  failures: number;
  /** Why it can't be said; null while it may be. */
  error: Error | null;
}

type Queued = QueuedLine | ({ kind: 'step' } & Step);

/** Creates the voice of one call. It is silent until it is opened. */
export function createSpeaker(parts: SpeakerParts): Speaker {
  const { mouth, timers } = parts;
  let queue: Queued[] = [];
  let state: 'waiting' | 'open' | 'closed' = 'waiting';
  let isHeld = false;
  let isAdvancing = false;
  let teller: Timer | undefined;

  /** Lets go of what is over, does what is due, and has the next sentence made. */
  function advance(): void {
    if (isAdvancing || state !== 'open') return;
    isAdvancing = true;
    for (let first = queue[0]; first && isOver(first); first = queue[0]) {
      queue.shift();
      if (first.kind === 'line') tell(first, first.sentence.spans.length);
      else first.reached();
    }
    isAdvancing = false;
    makeNext();
    if (queue.length === 0) stopTelling();
    parts.changed();
  }

  function makeNext(): void {
    const [playing, following] = spokenLines();
    if (!playing || (isHeld && isInterruptible(playing))) return;
    // A sentence made ahead may fail: what sounds before it is heard to its end.
    if (playing.error) giveUp(playing.error);
    else if (!playing.segment) begin(playing);
    // What can be silenced isn't put behind what can't: the mouth is silenced as a whole.
    else if (playing.segment.isWhole && following && !following.segment && !following.error) {
      if (isInterruptible(following) === isInterruptible(playing)) begin(following);
    }
  }

  function spokenLines(): QueuedLine[] {
    return queue.filter((queued) => queued.kind === 'line').filter(({ sentence }) => sentence.spoken !== '');
  }

  function begin(line: QueuedLine): void {
    const said = { text: line.sentence.spoken, language: line.language };
    line.segment = beginSegment(said, parts, {
      written() {
        line.failures = 0;
        advance();
      },
      broke: (error) => tryAgain(line, error),
    });
  }

  /** Says the sentence again from its beginning; what there was of it is played before. */
  function tryAgain(line: QueuedLine, error: unknown): void {
    tellHeard();
    line.segment = null;
    line.failures += 1;
    if (error instanceof SpeechError && error.code === 'broken' && line.failures < MAX_FAILURES) {
      parts.log.warn({ err: error }, 'A sentence is synthesised again');
    } else {
      line.error = asError(error);
    }
    advance();
  }

  function giveUp(error: Error): void {
    forgetAll();
    parts.failed(error);
  }

  /** Silence. Sentences that were cut, or waited, are as if they hadn't begun; but what was heard stays told. */
  function cut(): void {
    tellHeard();
    const begun = spokenLines().filter(({ segment }) => segment);
    for (const line of begun) {
      line.segment?.abort();
      line.segment = null;
    }
    if (begun.length > 0) mouth.flush();
  }

  function tellHeard(): void {
    const [line] = spokenLines();
    const { segment } = line ?? {};
    if (!line || segment?.state !== 'sounding') return;
    const guessedMs = segment.isWhole ? 0 : line.sentence.spoken.length * MS_PER_CHARACTER;
    const heardMs = mouth.playedMs(segment.id) - mouth.lagMs;
    tell(line, heardSpans(line.sentence, heardMs / Math.max(segment.writtenMs, guessedMs)));
  }

  function stopTelling(): void {
    teller?.cancel();
    teller = undefined;
  }

  function remove(isUnwanted: (queued: Queued) => boolean): void {
    const unwanted = queue.filter((queued) => isUnwanted(queued));
    queue = queue.filter((queued) => !isUnwanted(queued));
    for (const queued of unwanted) if (queued.kind === 'step') queued.dropped();
  }

  function forgetAll(): void {
    cut();
    stopTelling();
    remove(() => true);
    parts.changed();
  }

  function put(queued: Queued): void {
    if (state === 'closed') {
      if (queued.kind === 'step') queued.dropped();
      return;
    }
    queue.push(queued);
    advance();
  }

  function lineOf(segmentId: string): QueuedLine | undefined {
    return spokenLines().find(({ segment }) => segment?.id === segmentId);
  }

  return {
    open() {
      if (state === 'waiting') state = 'open';
      advance();
    },
    say: (line) => put({ kind: 'line', ...line, segment: null, toldSpans: 0, failures: 0, error: null }),
    afterwards: (step) => put({ kind: 'step', ...step }),
    hold() {
      isHeld = true;
      const [playing] = spokenLines();
      if (playing && isInterruptible(playing)) cut();
      parts.changed();
    },
    resume() {
      isHeld = false;
      advance();
    },
    drop() {
      if (spokenLines().some(({ segment, manner }) => segment && manner.interruption === 'ends')) cut();
      remove(({ manner }) => manner.interruption === 'ends');
      advance();
    },
    segmentStarted(segmentId) {
      const line = lineOf(segmentId);
      if (!line?.segment) return;
      line.segment.state = 'sounding';
      teller ??= timers.every(TELL_EVERY_MS, tellHeard);
      parts.began(line.manner);
      parts.changed();
    },
    segmentEnded(segmentId) {
      const line = lineOf(segmentId);
      if (!line?.segment) return;
      line.segment.state = 'over';
      advance();
    },
    get isHeld() {
      return isHeld;
    },
    get isIdle() {
      return queue.length === 0;
    },
    get sounding() {
      return spokenLines().find(({ segment }) => segment?.state === 'sounding')?.manner ?? null;
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      forgetAll();
    },
  };
}

function isOver(queued: Queued): boolean {
  return queued.kind === 'step' || queued.sentence.spoken === '' || queued.segment?.state === 'over';
}

function isInterruptible({ manner }: Line): boolean {
  return manner.interruption !== 'never';
}

/** Tells that the first `count` spans of the line were heard, as far as it wasn't told before. */
function tell(line: QueuedLine, count: number): void {
  if (count <= line.toldSpans) return;
  const news = line.sentence.spans.slice(line.toldSpans, count);
  line.toldSpans = count;
  line.heard(news.map(({ original }) => original).join(''));
}
