import { expect, it } from 'vitest';
import { phrasesFor } from '../phrases.ts';
import { recordingNotice } from './recording-notice.ts';

it.each([
  ["the house's words in the agent's language", { enabled: true }, 'Dieses Gespräch wird aufgezeichnet.'],
  ["the operator's own words", { enabled: true, announcement: 'Wir zeichnen auf.' }, 'Wir zeichnen auf.'],
  ['nothing if nothing is to be said', { enabled: true, announcement: false }, null],
  ['nothing if they are not recorded', { enabled: false, announcement: 'Wir zeichnen auf.' }, null],
] as const)('callers are told %s', (_what, settings, words) => {
  expect(recordingNotice(settings, phrasesFor('de-AT'))).toBe(words);
});
