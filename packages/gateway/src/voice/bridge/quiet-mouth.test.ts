import { describe, expect, it } from 'vitest';
import type { Mouth } from '../dialogue.ts';
import { createQuietMouth } from './quiet-mouth.ts';

const frame = new Int16Array(480);

function over() {
  const heard: string[] = [];
  const ended: string[] = [];
  let isSpeaking = false;
  const behind: Mouth = {
    write: (id) => void heard.push(`write ${id}`),
    finish: (id) => void heard.push(`finish ${id}`),
    flush: () => void heard.push('flush'),
    playedMs: () => 7,
    lagMs: 80,
    get isSpeaking() {
      return isSpeaking;
    },
  };
  const quiet = createQuietMouth(behind, (id) => ended.push(id));
  return { ...quiet, heard, ended, speak: (on: boolean) => void (isSpeaking = on) };
}

describe('a mouth that can be made quiet', () => {
  it('passes everything on while it is not', () => {
    const { mouth, heard, ended, speak } = over();
    mouth.write('a', frame);
    mouth.finish('a');
    mouth.flush();
    speak(true);
    expect(heard).toEqual(['write a', 'finish a', 'flush']);
    expect(ended).toEqual([]);
    expect([mouth.isSpeaking, mouth.playedMs('a'), mouth.lagMs]).toEqual([true, 7, 80]);
  });

  it('falls silent at once; what is said then is over as soon as it is said, and nobody heard it', () => {
    const { mouth, quiet, heard, ended, speak } = over();
    quiet(true);
    speak(true);
    expect(heard.splice(0)).toEqual(['flush']);
    mouth.write('a', frame);
    mouth.write('a', frame);
    expect([mouth.isSpeaking, ended]).toEqual([true, []]);
    mouth.finish('a');
    expect([mouth.isSpeaking, ended]).toEqual([false, ['a']]);
    expect(heard).toEqual([]);
  });

  it('lets nobody silence whoever is heard instead', () => {
    const { mouth, quiet, heard, ended } = over();
    quiet(true);
    heard.splice(0);
    mouth.write('a', frame);
    mouth.write('b', frame);
    mouth.flush();
    expect(heard).toEqual([]);
    expect(ended).toEqual(['a', 'b']);
  });

  it('is heard again with what begins then, not with the rest of what was begun in silence', () => {
    const { mouth, quiet, heard, ended } = over();
    quiet(true);
    mouth.write('a', frame);
    quiet(false);
    heard.splice(0);
    mouth.write('a', frame);
    mouth.write('b', frame);
    mouth.finish('a');
    mouth.finish('b');
    expect(heard).toEqual(['write b', 'finish b']);
    expect(ended).toEqual(['a']);
  });
});
