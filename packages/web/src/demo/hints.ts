// Things to say to the demo agent, and what each of them shows.

export interface Hint {
  say: string;
  shows: string;
}

export const hints: readonly Hint[] = [
  { say: 'Tell me a long story', shows: 'streaming text' },
  { say: 'Show me your locations', shows: 'cards' },
  { say: 'What is your phone number?', shows: 'a call button' },
  { say: 'Answer slowly, please', shows: 'thinking' },
  { say: "Let's speak French", shows: 'another language' },
  { say: 'I want to talk to a human', shows: 'hand-off to the desk' },
  { say: 'Take me outside this chat', shows: 'hand-off elsewhere' },
  { say: 'Simulate an error', shows: 'a failed turn' },
  { say: 'Goodbye', shows: 'the end' },
];
