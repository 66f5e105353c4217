// Things to say to the demo agent, and what each of them shows.

export interface Hint {
  say: string;
  shows: string;
}

export const hints: readonly Hint[] = [
  { say: 'Tell me a long story', shows: 'text that streams in' },
  { say: 'Show me your locations', shows: 'cards with a link and a picture' },
  { say: 'What is your phone number?', shows: 'a button that calls' },
  { say: 'Answer slowly, please', shows: 'somebody thinking' },
  { say: "Let's speak French", shows: 'a change of language' },
  { say: 'I want to talk to a human', shows: 'a hand-off to the desk' },
  { say: 'I need help outside this chat', shows: 'a hand-off to another place' },
  { say: 'Simulate an error', shows: 'a turn that fails' },
  { say: 'Goodbye', shows: 'the end' },
];
