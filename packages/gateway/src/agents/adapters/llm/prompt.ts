// What a language model is told: instructions, and the conversation as messages.
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { AgentTurn, HistoryLine, TurnInput } from '../../ports/chat-agent.ts';

/** Marks lines of the conversation that a human wrote while the agent was away. */
const humanMark = '[human colleague]';

/**
 * The prompt of a turn, with as much of the conversation as `history` has. Verified facts about the user stay out:
 * only tools may see them. After the instructions it begins with the user and alternates, as some models demand.
 */
export function promptFor(
  turn: AgentTurn,
  instructions: string,
  history: readonly HistoryLine[],
): LanguageModelV4Prompt {
  const lines: Line[] = [...history.map(lineOf), { role: 'user', text: inputText(turn.input) }];
  if (lines[0]?.role === 'assistant') lines.unshift({ role: 'user', text: inputText({ kind: 'start' }) });
  return [
    { role: 'system', content: instructionsFor(turn, instructions) },
    ...merged(lines).map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] })),
  ];
}

function instructionsFor(turn: AgentTurn, instructions: string): string {
  const { language, medium } = turn.session;
  const notes = [
    `The language of the conversation is ${language}. Answer in it unless the user writes in another one.`,
  ];
  if (medium === 'voice') notes.push('Your answer is read out to the user: write plain sentences, no Markdown.');
  if (turn.history.some((line) => line.speaker === 'human')) {
    notes.push(`Lines that begin with ${humanMark} were said by a human colleague. Never begin a line like that.`);
  }
  return [instructions, ...notes].join('\n\n');
}

interface Line {
  role: 'user' | 'assistant';
  text: string;
}

function lineOf({ speaker, text }: HistoryLine): Line {
  switch (speaker) {
    case 'user':
      return { role: 'user', text };
    case 'agent':
      return { role: 'assistant', text };
    case 'human':
      // In the assistant's role, because users could forge the mark in their own.
      return { role: 'assistant', text: `${humanMark} ${text}` };
  }
}

function inputText(input: TurnInput): string {
  switch (input.kind) {
    case 'message':
      return input.text;
    case 'start':
      return '(The conversation begins. Greet the user.)';
    case 'poll':
      return '(The user has not answered. If there is something to add, add it; else say nothing.)';
    case 'returned':
      return input.joined
        ? '(Your human colleague has left, and the conversation is yours again. Say so in a sentence and go on.)'
        : '(No human colleague has joined, and the conversation is yours again. Say so in a sentence and go on.)';
    case 'tones':
      return `(The user pressed these keys of the telephone: ${input.digits})`;
  }
}

function merged(lines: readonly Line[]): Line[] {
  const result: Line[] = [];
  for (const line of lines) {
    const last = result.at(-1);
    if (last?.role === line.role) last.text += `\n\n${line.text}`;
    else result.push({ ...line });
  }
  return result;
}
