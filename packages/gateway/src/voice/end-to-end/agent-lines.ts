// What the agent is saying: each line has a segment of the mouth, and is journaled as it is heard.
import type { NewId } from '../../kit/index.ts';
import type { Mouth } from '../dialogue.ts';
import type { CallJournal } from './call-journal.ts';
import { heardCharacters, nextShown } from './heard-words.machine.ts';

const samplesPerMs = 24;
/** The mouth counts in frames of 20 ms, and so may miss the end of a line by a little. */
const frameToleranceMs = 40;

/** A line that was cut off while it sounded. */
interface CutLine {
  id: string;
  /** null: the model doesn't know the line. */
  responseId: string | null;
  /** How much of its audio was heard, never more than there is. */
  heardMs: number;
}

export interface AgentLines {
  /** Something is being said or waits to be. */
  readonly isSounding: boolean;
  /** Mono PCM at 24 kHz. The first audio or words begin the line. */
  audio(id: string, pcm: Int16Array): void;
  words(id: string, text: string): void;
  /** All of the line is here. */
  whole(id: string): void;
  /** Begins a line; `responseId` null: the house speaks. Lines that exist stay as they are. */
  begin(id: string, options: { responseId: string | null; journaled: boolean }): void;
  /** All lines of the response are as long as they are. */
  responseOver(responseId: string): void;
  /** Resolves to the words that were heard once the line is over, whatever ended it. */
  heard(id: string): Promise<string>;
  /** Resolves once all present lines of the response are over. */
  responseHeard(responseId: string): Promise<void>;
  /** Resolves once all present lines are over. */
  allHeard(): Promise<void>;
  /** Journals what was heard in the meantime. To be called a few times a second. */
  tick(): void;
  segmentEnded(segmentId: string): void;
  /** The model that made the present lines is gone; another one doesn't know them. */
  disown(): void;
  /** Silence now. Answers which lines were cut off. */
  cut(): CutLine[];
}

interface AgentLine {
  id: string;
  responseId: string | null;
  segmentId: string;
  journaled: boolean;
  text: string;
  /** Characters in the journal. */
  shown: number;
  audioMs: number;
  isWhole: boolean;
  over: PromiseWithResolvers<string>;
}

/** `soundingChanged` is told when the first line begins to sound, and when the last is over. */
export function createAgentLines(parts: {
  mouth: Mouth;
  journal: CallJournal;
  newId: NewId;
  soundingChanged(isSounding: boolean): void;
}): AgentLines {
  const { mouth, journal, newId } = parts;
  /** Lines that aren't over, oldest first. */
  const lines = new Map<string, AgentLine>();
  let isSounding = false;

  function lookWhetherSounding(): void {
    const now = [...lines.values()].some(({ audioMs }) => audioMs > 0);
    if (now === isSounding) return;
    isSounding = now;
    parts.soundingChanged(now);
  }

  function show(line: AgentLine, until: number): void {
    const words = line.text.slice(line.shown, until);
    line.shown = until;
    if (line.journaled && words !== '') journal.agentHeard(line.id, words);
  }

  /** How much the caller has heard: what was handed over, but for what is still on its way. */
  function heardMs({ segmentId, audioMs }: AgentLine): number {
    return Math.min(audioMs, Math.max(0, mouth.playedMs(segmentId) - mouth.lagMs));
  }

  function isPlayed(line: AgentLine): boolean {
    return line.isWhole && mouth.playedMs(line.segmentId) >= line.audioMs - frameToleranceMs;
  }

  function end(line: AgentLine, atMs: number): void {
    lines.delete(line.id);
    show(line, Math.max(line.shown, line.audioMs > 0 ? heardCharacters(line, atMs) : 0));
    if (line.journaled) journal.agentOver(line.id);
    line.over.resolve(line.text.slice(0, line.shown));
  }

  function whole(id: string): void {
    const line = lines.get(id);
    if (!line || line.isWhole) return;
    line.isWhole = true;
    if (line.audioMs > 0) mouth.finish(line.segmentId);
    else end(line, 0);
  }

  function ofResponse(responseId: string): AgentLine[] {
    return [...lines.values()].filter((line) => line.responseId === responseId);
  }

  return {
    get isSounding() {
      return isSounding;
    },
    begin(id, { responseId, journaled }) {
      if (lines.has(id)) return;
      const fresh = { text: '', shown: 0, audioMs: 0, isWhole: false };
      const over = Promise.withResolvers<string>();
      lines.set(id, { id, responseId, segmentId: newId(), journaled, ...fresh, over });
      if (journaled) journal.agentBegan(id);
    },
    audio(id, pcm) {
      const line = lines.get(id);
      if (!line || line.isWhole || pcm.length === 0) return;
      line.audioMs += pcm.length / samplesPerMs;
      mouth.write(line.segmentId, pcm);
      lookWhetherSounding();
    },
    words(id, text) {
      const line = lines.get(id);
      if (line && !line.isWhole) line.text += text;
    },
    whole,
    responseOver(responseId) {
      for (const { id } of ofResponse(responseId)) whole(id);
    },
    heard: (id) => lines.get(id)?.over.promise ?? Promise.resolve(''),
    responseHeard: (responseId) => allOver(ofResponse(responseId)),
    allHeard: () => allOver([...lines.values()]),
    tick() {
      for (const line of lines.values()) {
        if (line.audioMs === 0) continue;
        const heard = heardCharacters(line, heardMs(line));
        show(line, nextShown(line.text, { shown: line.shown, heard: Math.max(line.shown, heard) }));
      }
    },
    segmentEnded(segmentId) {
      const line = [...lines.values()].find((candidate) => candidate.segmentId === segmentId);
      if (!line) return;
      end(line, isPlayed(line) ? line.audioMs : heardMs(line));
      lookWhetherSounding();
    },
    disown() {
      for (const line of lines.values()) line.responseId = null;
    },
    cut() {
      const ends = [...lines.values()].map((line) => {
        const played = line.audioMs > 0 && isPlayed(line);
        return { line, played, atMs: played ? line.audioMs : heardMs(line) };
      });
      mouth.flush();
      for (const { line, atMs } of ends) end(line, atMs);
      lookWhetherSounding();
      return ends
        .filter(({ line, played }) => line.audioMs > 0 && !played)
        .map(({ line: { id, responseId }, atMs }) => ({ id, responseId, heardMs: atMs }));
    },
  };
}

async function allOver(lines: readonly AgentLine[]): Promise<void> {
  await Promise.all(lines.map(({ over }) => over.promise));
}
