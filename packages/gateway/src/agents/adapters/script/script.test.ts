import { describe, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';
import { parseScript, ScriptError } from './script.ts';

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ScriptError) return error.problems;
    throw error;
  }
  return [];
}

const good = { greeting: '[{ text: "Hi" }]', intents: '[]', fallback: '[{ text: "?" }]' };

function scriptWith(parts: Partial<typeof good>): string {
  return Object.entries({ ...good, ...parts })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}

describe('a script that cannot be used', () => {
  it.each([
    ['not YAML', 'greeting: [', 'Flow sequence in block collection must be sufficiently indented'],
    ['an empty file', '', 'the script: Invalid input'],
    ['no fallback', 'greeting: [{ text: "Hi" }]\nintents: []', 'fallback: Invalid input'],
    ['an unknown key', `${scriptWith({})}\nfarewell: []`, 'farewell: unknown key'],
    ['an empty reply', scriptWith({ greeting: '[]' }), 'greeting: Too small'],
    ['a part that says something unknown', scriptWith({ greeting: '[{ say: "Hi" }]' }), 'greeting[0].say: unknown key'],
    [
      'an intent that nothing leads to',
      scriptWith({ intents: '[{ reply: [{ text: "x" }] }]' }),
      'intents[0]: needs "contains" or "tones"',
    ],
    [
      'a phrase without words',
      scriptWith({ intents: '[{ contains: ["?!"], reply: [{ text: "x" }] }]' }),
      'intents[0].contains[0]: must contain a letter or a digit',
    ],
    [
      'tones that are a number',
      scriptWith({ intents: '[{ tones: [1], reply: [{ text: "x" }] }]' }),
      'intents[0].tones[0]: Invalid input: expected string',
    ],
    [
      'a relative address',
      scriptWith({ greeting: '[{ attachments: [{ type: link, title: "A", url: "/a" }] }]' }),
      'greeting[0].attachments[0].url: must be an http(s) URL',
    ],
    [
      'a language that is none',
      scriptWith({ greeting: '[{ language: "french!" }]' }),
      'greeting[0].language: must be a language code such as fr-FR',
    ],
    [
      'a wording that is neither text nor texts',
      scriptWith({ greeting: '[{ text: 7 }]' }),
      'greeting[0].text: must be a text, or texts by language code',
    ],
  ])('%s', (_what, yaml, problem) => {
    expect(problemsOf(() => parseScript(yaml, 'test.yaml'))).toEqual([expect.stringContaining(problem)]);
  });

  it('says every problem on a line of its own, with the name of the file', () => {
    const yaml = scriptWith({ greeting: '[{ say: "Hi", end: no }]' });
    expect(() => parseScript(yaml, 'test.yaml')).toThrow(
      /^test\.yaml: greeting\[0\]\.end: .+\ntest\.yaml: greeting\[0\]\.say: unknown key$/,
    );
  });

  it('is also one that cannot be read', () => {
    expect(problemsOf(() => loadScript('/nowhere/at-all.yaml'))).toEqual(["the file can't be read (ENOENT)"]);
  });
});
