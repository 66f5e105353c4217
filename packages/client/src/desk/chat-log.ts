// One chat as the page shows it: what was said, the notes, who types, and what is written but not yet kept. Pure.
import type {
  Attachment,
  DeskChatEnd,
  DeskLine,
  DeskNote,
  DeskPersonRef,
  DeskProblem,
  DeskTranscript,
  DeskTyping,
  Suggestion,
} from '@parley/protocol';

/** Something that was written here and isn't known to be kept. */
export interface DeskDraft {
  /** Comes back with the line; the same id is never sent as two messages. */
  clientId: string;
  kind: 'message' | 'note';
  text: string;
  attachments: readonly Attachment[];
  suggestions: readonly Suggestion[];
  writtenMs: number;
  /** Why it failed; null while it is on its way, or waits for a connection. */
  problem: DeskProblem | null;
}

/** A chat at one moment. Never changes; a change makes a new one. */
export interface DeskChatLog {
  sessionId: string;
  /**
   * How much of it is here. `partial`: only what came while nobody had opened it; `stale`: opened, and something may
   * be missing; `loading`: the transcript is asked for; `whole`: everything.
   */
  reading: 'partial' | 'stale' | 'loading' | 'whole';
  /** By sequence, each once. */
  lines: readonly DeskLine[];
  /** By time, each once. */
  notes: readonly DeskNote[];
  /** Who types; null is the visitor. */
  typing: readonly (DeskPersonRef | null)[];
  /** Oldest first; they belong under the lines. */
  drafts: readonly DeskDraft[];
  /** Set once the chat is no longer to be seen at the desk. */
  over: { why: DeskChatEnd; by: DeskPersonRef | null } | null;
}

/** A chat of which nothing is known. */
export function emptyLog(sessionId: string): DeskChatLog {
  return { sessionId, reading: 'partial', lines: [], notes: [], typing: [], drafts: [], over: null };
}

/** The transcript has come; lines that came meanwhile stay. */
export function withTranscript(log: DeskChatLog, { lines, notes }: DeskTranscript): DeskChatLog {
  const whole: DeskChatLog = { ...log, reading: 'whole' };
  const withLines = lines.reduce(withLine, whole);
  return notes.reduce(withNote, withLines);
}

/** Somebody said something. Whoever spoke no longer types. */
export function withLine(log: DeskChatLog, line: DeskLine): DeskChatLog {
  const others = log.lines.filter(({ messageId }) => messageId !== line.messageId);
  return {
    ...log,
    lines: inserted(others, line, (each) => each.sequence),
    typing: log.typing.filter((person) => !isSpeaker(person, line)),
    drafts: log.drafts.filter(({ clientId }) => clientId !== line.clientId),
  };
}

/** Somebody left a note. */
export function withNote(log: DeskChatLog, note: DeskNote): DeskChatLog {
  const others = log.notes.filter(({ id }) => id !== note.id);
  return { ...log, notes: inserted(others, note, (each) => each.atMs) };
}

/** Somebody types, or no longer. */
export function withTyping(log: DeskChatLog, { person, state }: DeskTyping): DeskChatLog {
  const others = log.typing.filter((each) => each?.id !== person?.id);
  return { ...log, typing: state === 'TYPING_STATE_STARTED' ? [...others, person] : others };
}

/** Something was written here. */
export function withDraft(log: DeskChatLog, draft: DeskDraft): DeskChatLog {
  return { ...log, drafts: [...log.drafts, draft] };
}

/** A draft failed (`problem`), or goes out again (null). */
export function withDraftProblem(log: DeskChatLog, clientId: string, problem: DeskProblem | null): DeskChatLog {
  return { ...log, drafts: log.drafts.map((each) => (each.clientId === clientId ? { ...each, problem } : each)) };
}

/** A draft is kept, or was given up. */
export function withoutDraft(log: DeskChatLog, clientId: string): DeskChatLog {
  return { ...log, drafts: log.drafts.filter((each) => each.clientId !== clientId) };
}

/** The log may have holes from now on: whoever opened it wants it anew. */
export function staled(log: DeskChatLog): DeskChatLog {
  return log.reading === 'partial' ? log : { ...log, reading: 'stale' };
}

function isSpeaker(person: DeskPersonRef | null, { speaker, by }: DeskLine): boolean {
  return person === null ? speaker === 'user' : person.id === by?.id;
}

/** In its order. Most come last, so the place is looked for from the end. */
function inserted<Item>(items: readonly Item[], item: Item, orderOf: (item: Item) => number): Item[] {
  const before = items.findLastIndex((each) => orderOf(each) <= orderOf(item));
  return items.toSpliced(before + 1, 0, item);
}
