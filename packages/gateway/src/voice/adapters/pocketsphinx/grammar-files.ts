// Grammars as files: the recogniser is a program and reads nothing else.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phraseGrammar } from './phrase-grammar.ts';

/** Where a grammar lies. */
export interface GrammarFiles {
  dictionary: string;
  automaton: string;
}

/** Sets of phrases whose grammars are kept: agents have one each, and few agents share a process. */
const mostGrammars = 32;

/** Writes each grammar once, into a folder of its own. */
export class GrammarFolder {
  readonly #dictionaryPath: string;
  readonly #grammars = new Map<string, Promise<GrammarFiles | undefined>>();
  #folder: Promise<string> | undefined;
  #written = 0;

  /** `dictionaryPath`: the model's words in CMU format. */
  constructor(dictionaryPath: string) {
    this.#dictionaryPath = dictionaryPath;
  }

  /** The files for these phrases; none when no phrase can be pronounced. */
  grammarOf(phrases: readonly string[]): Promise<GrammarFiles | undefined> {
    const key = phrases.join('\n');
    const known = this.#grammars.get(key);
    if (known) return known;
    const made = this.#write(phrases);
    this.#grammars.set(key, made);
    made.catch(() => this.#grammars.delete(key));
    this.#forgetOldest();
    return made;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#grammars.values());
    const folder = await this.#folder?.catch(() => undefined);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  async #write(phrases: readonly string[]): Promise<GrammarFiles | undefined> {
    const grammar = phraseGrammar(phrases, await readFile(this.#dictionaryPath, 'utf8'));
    if (grammar === undefined) return undefined;
    this.#folder ??= mkdtemp(join(tmpdir(), 'parley-speech-'));
    const base = join(await this.#folder, `${++this.#written}`);
    const files = { dictionary: `${base}.dict`, automaton: `${base}.fsg` };
    await Promise.all([writeFile(files.dictionary, grammar.dictionary), writeFile(files.automaton, grammar.automaton)]);
    return files;
  }

  #forgetOldest(): void {
    const [oldest] = this.#grammars;
    if (this.#grammars.size <= mostGrammars || oldest === undefined) return;
    const [key, made] = oldest;
    this.#grammars.delete(key);
    void made
      .then((files) => Promise.all(Object.values(files ?? {}).map((path) => rm(path, { force: true }))))
      .catch(() => {});
  }
}
