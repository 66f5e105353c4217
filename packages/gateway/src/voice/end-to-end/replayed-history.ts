// What a model is told of a conversation that began without it.
import type { TranscriptLine } from '../../messaging/index.ts';
import type { ModelItem } from '../ports/speech-model.ts';
import { saidByHuman } from './house-prompts.ts';

const maxLines = 100;

/** The last lines of a conversation as items of a model's. */
export function replayedHistory(lines: readonly TranscriptLine[]): ModelItem[] {
  return lines
    .filter(({ text }) => text !== '')
    .slice(-maxLines)
    .map(itemOf);
}

/** A line as an item. What a human said is the agent's side of the conversation, marked. */
function itemOf({ speaker, text }: TranscriptLine): ModelItem {
  switch (speaker) {
    case 'user':
      return { kind: 'user', text };
    case 'agent':
      return { kind: 'agent', text };
    case 'human':
      return { kind: 'agent', text: saidByHuman(text) };
  }
}
