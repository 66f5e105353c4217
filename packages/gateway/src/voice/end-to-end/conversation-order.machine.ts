// Decides when what was said is journaled: in the order in which it was said, although the caller's words are
// recognised late and the agent may be answering already (voice spec, section 9.2).

/** What is not journaled yet, in the order of the conversation. */
export type Line =
  | { speaker: 'caller'; id: string; words: string | null; settled: boolean }
  | { speaker: 'agent'; id: string; words: string; over: boolean };

export type OrderInput =
  /** The caller said something; its words come later. */
  | { type: 'caller-said'; id: string }
  /** null: they couldn't be recognised, or take too long. */
  | { type: 'words'; id: string; text: string | null }
  | { type: 'agent-began'; id: string }
  | { type: 'agent-heard'; id: string; text: string }
  | { type: 'agent-over'; id: string }
  /** The caller's missing words aren't waited for. */
  | { type: 'flush' };

/** What is to be journaled now. */
export type Entry =
  | { write: 'caller'; text: string }
  | { write: 'agent'; id: string; text: string }
  | { write: 'agent-over'; id: string };

/** What follows from one thing that was said or recognised. */
export function order(before: readonly Line[], input: OrderInput): { lines: Line[]; entries: Entry[] } {
  if (input.type === 'words' && !before.some(({ id }) => id === input.id)) {
    // Too late for its place, but better late than never.
    return { lines: [...before], entries: callerEntry(input.text) };
  }
  const lines = put(before, input);
  const entries: Entry[] = [];
  for (;;) {
    const [first, ...rest] = lines;
    if (!first) return { lines, entries };
    if (first.speaker === 'caller') {
      if (!first.settled) return { lines, entries };
      entries.push(...callerEntry(first.words));
    } else {
      if (first.words !== '') entries.push({ write: 'agent', id: first.id, text: first.words });
      if (!first.over) return { lines: [{ ...first, words: '' }, ...rest], entries };
      entries.push({ write: 'agent-over', id: first.id });
    }
    lines.shift();
  }
}

function put(lines: readonly Line[], input: OrderInput): Line[] {
  switch (input.type) {
    case 'caller-said':
      return [...lines, { speaker: 'caller', id: input.id, words: null, settled: false }];
    case 'agent-began':
      return [...lines, { speaker: 'agent', id: input.id, words: '', over: false }];
    case 'words':
      return lines.map((line) =>
        line.speaker === 'caller' && line.id === input.id ? { ...line, words: input.text, settled: true } : line,
      );
    case 'agent-heard':
      return lines.map((line) =>
        line.speaker === 'agent' && line.id === input.id ? { ...line, words: line.words + input.text } : line,
      );
    case 'agent-over':
      return lines.map((line) => (line.speaker === 'agent' && line.id === input.id ? { ...line, over: true } : line));
    case 'flush':
      return lines.map((line) => (line.speaker === 'caller' ? { ...line, settled: true } : line));
  }
}

function callerEntry(text: string | null): Entry[] {
  return text === null || text === '' ? [] : [{ write: 'caller', text }];
}
