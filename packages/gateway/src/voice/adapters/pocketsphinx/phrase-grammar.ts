// What the local recogniser listens for: a way into a request, one of the phrases, a way out. Everything else is heard
// as a row of single sounds, which competes with the phrases, so that speech that is none of them isn't taken for one.
//
// Written as a finite-state grammar of Sphinx rather than as JSGF, whose weights of alternatives the program ignores.

import { endings, openings, phones } from './english.ts';
import { plainWords, type Pronunciations, pronunciationsOf } from './phrase-words.ts';

/** Two texts for the recogniser: which words there are, and how they follow one another. */
export interface PhraseGrammar {
  dictionary: string;
  automaton: string;
}

/** What a word that is only a sound begins with. */
const soundMark = '_';

/** How likely an opening or an ending is beside saying nothing there. */
const politeness = 0.1;

/**
 * How likely each single sound is: the higher, the more is refused. Found by trial with synthetic voices: at 0.001 every
 * second other sentence was taken for a phrase, at 0.03 every third phrase wasn't understood.
 */
const soundLikelihood = 0.013;

const states = { start: 0, beforePhrase: 1, afterPhrase: 2, end: 3, sounds: 4 } as const;

/** Makes the grammar of phrases; none when no phrase can be pronounced. `dictionary`: the model's, in CMU format. */
export function phraseGrammar(phrases: readonly string[], dictionary: string): PhraseGrammar | undefined {
  const wanted = [...new Set(phrases.map(plainWords))].filter((phrase) => phrase !== '');
  const words = [...wanted, ...openings, ...endings].flatMap((phrase) => phrase.split(' '));
  const spoken = pronunciationsOf(words, dictionary);
  const known = wanted.filter((phrase) => canBeSaid(phrase, spoken));
  if (known.length === 0) return undefined;
  return { dictionary: dictionaryText(spoken), automaton: automatonText(known, spoken) };
}

/** The phrase and what was said around it, in a line the recogniser printed; '' for what was only sounds. */
export function understood(line: string): string {
  return line
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith(soundMark))
    .join(' ');
}

function canBeSaid(phrase: string, spoken: Pronunciations): boolean {
  return phrase.split(' ').every((word) => spoken.has(word));
}

function dictionaryText(spoken: Pronunciations): string {
  const words = [...spoken].flatMap(([word, pronunciations]) =>
    pronunciations.map((row, index) => `${word}${index === 0 ? '' : `(${index + 1})`} ${row}`),
  );
  return [...words, ...phones.map((phone) => `${sound(phone)} ${phone}`), ''].join('\n');
}

function automatonText(phrases: readonly string[], spoken: Pronunciations): string {
  const transitions: string[] = [];
  let stateCount: number = Object.keys(states).length;

  /** `word`: none for a transition that is made without a sound. */
  function go(from: number, to: number, likelihood: number, word = ''): void {
    transitions.push(`TRANSITION ${from} ${to} ${likelihood} ${word}`.trimEnd());
  }

  function say(phrase: string, from: number, to: number, likelihood: number): void {
    const words = phrase.split(' ');
    let at = from;
    for (const [index, word] of words.entries()) {
      const next = index === words.length - 1 ? to : stateCount++;
      go(at, next, index === 0 ? likelihood : 1, word);
      at = next;
    }
  }

  function sayAny(choices: readonly string[], from: number, to: number, likelihood: number): void {
    for (const choice of choices) if (canBeSaid(choice, spoken)) say(choice, from, to, likelihood);
  }

  go(states.start, states.beforePhrase, 1);
  sayAny(openings, states.start, states.beforePhrase, politeness);
  sayAny(phrases, states.beforePhrase, states.afterPhrase, 1);
  go(states.afterPhrase, states.end, 1);
  sayAny(endings, states.afterPhrase, states.end, politeness);
  go(states.start, states.sounds, 1);
  for (const phone of phones) go(states.sounds, states.sounds, soundLikelihood, sound(phone));
  go(states.sounds, states.end, 1);

  return [
    'FSG_BEGIN phrases',
    `NUM_STATES ${stateCount}`,
    `START_STATE ${states.start}`,
    `FINAL_STATE ${states.end}`,
    ...transitions,
    'FSG_END',
    '',
  ].join('\n');
}

function sound(phone: string): string {
  return soundMark + phone.toLowerCase();
}
