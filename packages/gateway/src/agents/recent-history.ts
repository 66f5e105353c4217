// The part of a conversation that is worth sending along.
import type { HistoryLine } from './ports/chat-agent.ts';

/** The last lines: at most so many, and of at most so many characters together. The very last is always there. */
export function recentHistory(
  history: readonly HistoryLine[],
  limits: { lines: number; characters: number },
): readonly HistoryLine[] {
  let characters = 0;
  let first = history.length;
  while (first > 0 && history.length - first < limits.lines) {
    characters += history[first - 1]?.text.length ?? 0;
    if (characters > limits.characters && first < history.length) break;
    first--;
  }
  return history.slice(first);
}
