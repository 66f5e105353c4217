import { describe, expect, it } from 'vitest';
import { countingIds, FakeTime, silentLog } from '../../kit/index.ts';
import { sentencesIn } from './sentences.ts';
import { createSpeaker } from './speaker.ts';
import type { Manner, Speaker } from './speaker.ts';

const MS_PER_CHARACTER = 100;

/** A speaker whose mouth plays what the test says, and whose voice is as fast as can be. */
function handSpeaker() {
  const time = new FakeTime();
  const noted: string[] = [];
  const played = new Map<string, number>();
  const texts = new Map<string, string>();
  const asked: string[] = [];
  const newId = countingIds('s');
  const speaker: Speaker = createSpeaker({
    mouth: {
      write: (id) => void texts.set(id, texts.get(id) ?? asked.at(-1) ?? ''),
      finish() {},
      flush: () => void noted.push('flush'),
      playedMs: (id) => played.get(id) ?? 0,
      lagMs: 0,
      isSpeaking: false,
    },
    textToSpeech: {
      async *speak(text) {
        asked.push(text);
        yield new Int16Array(text.length * MS_PER_CHARACTER * 24);
      },
      async close() {},
    },
    timers: time,
    newId,
    log: silentLog,
    began() {},
    changed() {},
    failed: (error) => void noted.push(`failed: ${error.message}`),
  });
  speaker.open();

  /** Plays so much of the sentence that was begun last with this text; all of it without a number. */
  function play(text: string, ms?: number): void {
    const id = [...texts].findLast(([, said]) => said === text)?.[0] ?? 'none';
    if (!played.has(id)) speaker.segmentStarted(id);
    played.set(id, ms ?? text.length * MS_PER_CHARACTER);
    if (ms === undefined) speaker.segmentEnded(id);
  }

  return {
    speaker,
    time,
    noted,
    asked,
    play,
    say: (text: string, interruption: Manner['interruption'] = 'ends'): void => {
      for (const sentence of sentencesIn(text)) {
        const heard = (words: string): void => void noted.push(words);
        speaker.say({ sentence, language: 'en', manner: { interruption }, heard });
      }
    },
    mark: (name: string, interruption: Manner['interruption'] = 'ends'): void => {
      const note = (what: string) => () => void noted.push(`${name} ${what}`);
      speaker.afterwards({ manner: { interruption }, reached: note('reached'), dropped: note('dropped') });
    },
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a speaker', () => {
  it('does what follows a sentence once it was heard', async () => {
    const { say, mark, play, noted } = handSpeaker();
    mark('before');
    say('One two.');
    mark('after');
    await settle();
    expect(noted).toEqual(['before reached']);
    play('One two.');
    expect(noted).toEqual(['before reached', 'One two.', 'after reached']);
  });

  it('tells every second what was heard', async () => {
    const { say, play, noted, time } = handSpeaker();
    say('One two three four.');
    await settle();
    play('One two three four.', 900);
    time.advance(1_000);
    expect(noted).toEqual(['One two ']);
    play('One two three four.');
    expect(noted).toEqual(['One two ', 'three four.']);
  });

  it('has one sentence made ahead', async () => {
    const { say, play, asked } = handSpeaker();
    say('One. Two. Three.');
    await settle();
    expect(asked).toEqual(['One.', 'Two.']);
    play('One.');
    await settle();
    expect(asked).toEqual(['One.', 'Two.', 'Three.']);
  });

  it('takes what is only written as heard in its turn', async () => {
    const { say, play, noted } = handSpeaker();
    say('One.\n---\n');
    await settle();
    play('One.');
    expect(noted).toEqual(['One.\n', '---\n']);
  });

  it('begins the cut sentence anew, and tells no word twice', async () => {
    const { say, play, noted, asked, speaker } = handSpeaker();
    say('One two three.');
    await settle();
    play('One two three.', 800);
    speaker.hold();
    expect(noted).toEqual(['One two ', 'flush']);
    await settle();
    expect(asked).toHaveLength(1);
    speaker.resume();
    await settle();
    expect(asked).toEqual(['One two three.', 'One two three.']);
    play('One two three.', 300);
    speaker.hold();
    speaker.resume();
    await settle();
    play('One two three.');
    expect(noted.filter((note) => note !== 'flush')).toEqual(['One two ', 'three.']);
  });

  it('drops what ends, with what follows from it, and goes on with what pauses', async () => {
    const { say, mark, play, noted, speaker } = handSpeaker();
    say('One.');
    mark('first');
    say('Two.', 'pauses');
    mark('second', 'pauses');
    await settle();
    play('One.', 100);
    speaker.hold();
    speaker.drop();
    expect(noted).toEqual(['flush', 'first dropped']);
    speaker.resume();
    await settle();
    play('Two.');
    expect(noted).toEqual(['flush', 'first dropped', 'Two.', 'second reached']);
  });

  it('is not kept from saying what must be heard', async () => {
    const { say, play, noted, asked, speaker } = handSpeaker();
    say('One.', 'never');
    say('Two.');
    await settle();
    play('One.', 100);
    speaker.hold();
    speaker.drop();
    await settle();
    expect(asked).toEqual(['One.']);
    play('One.');
    expect(noted).toEqual(['One.']);
    expect(speaker.isIdle).toBe(true);
  });

  it('makes nothing ahead that could be silenced behind what cannot', async () => {
    const { say, play, asked, speaker } = handSpeaker();
    say('One.', 'never');
    say('Two.');
    await settle();
    speaker.hold();
    play('One.');
    await settle();
    expect(asked).toEqual(['One.']);
    speaker.resume();
    await settle();
    expect(asked).toEqual(['One.', 'Two.']);
  });

  it('says nothing before it is opened and nothing after it is closed, and leaves nothing undone', async () => {
    const { say, mark, play, noted, asked, speaker } = handSpeaker();
    say('One two.');
    mark('after', 'never');
    await settle();
    play('One two.', 400);
    speaker.close();
    speaker.close();
    mark('late', 'never');
    say('Three.');
    await settle();
    expect(noted).toEqual(['One ', 'flush', 'after dropped', 'late dropped']);
    expect(asked).toEqual(['One two.']);
  });
});
