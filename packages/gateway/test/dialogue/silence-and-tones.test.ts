// Callers who say nothing, and callers who press keys.
import { describe, expect, it } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { greetedCall, paperCall } from './call-house.ts';
import { LAG_MS } from './paper-mouth.ts';

const phrases = phrasesFor('en');

describe('a caller who says nothing', () => {
  it('VOX-102 is asked three times, told goodbye, and hung up on', async () => {
    const call = await greetedCall();
    for (let asked = 0; asked < 3; asked++) {
      await call.pass(10_000 + LAG_MS);
      expect(call.spoken()).toEqual([phrases.stillThere]);
      await call.untilSilent();
    }
    await call.pass(10_000 + LAG_MS);
    expect(call.spoken()[0]).toBe("I can't hear anybody, so I'll hang up now.");
    expect(call.asked).toEqual([]);
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: silence']);
    expect(call.transcript.slice(-4)).toEqual([
      ...Array.from({ length: 3 }, () => `agent: ${phrases.stillThere}`),
      `agent: ${phrases.goodbyeAfterSilence}`,
    ]);
    await call.pass(30_000);
    expect(call.asked).toHaveLength(1);
  });

  it('is asked from the beginning again once he has answered', async () => {
    const call = await greetedCall();
    for (let round = 0; round < 2; round++) {
      await call.pass(25_000);
      expect(call.spoken()).toEqual([phrases.stillThere, phrases.stillThere]);
      await call.say('opening hours');
      await call.untilSilent();
      call.spoken();
    }
    expect(call.asked).toEqual([]);
  });

  it('is not asked while the agent thinks', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Think, please.');
    await call.pass(30_000);
    expect(call.spoken()).toEqual([]);
  });

  it('is never asked, nor hung up on, when the agent is patient', async () => {
    const call = await greetedCall({ settings: { silence: { promptAfterMs: 0, maxPrompts: 3 } } });
    await call.pass(120_000);
    expect(call.spoken()).toEqual([]);
    expect(call.asked).toEqual([]);
  });

  it('is not asked while the line is interrupted', async () => {
    const call = await greetedCall();
    await call.pass(5_000);
    call.dialogue.suspend();
    await call.pass(20_000);
    call.dialogue.resume();
    await call.pass(9_000);
    expect(call.spoken()).toEqual([]);
    await call.pass(1_200);
    expect(call.spoken()).toEqual([phrases.stillThere]);
  });

  it('is understood up to the moment the line was interrupted', async () => {
    const call = await greetedCall({ agent: 'hand' });
    call.recogniser.words.push('Hello?');
    await call.sound(400);
    call.dialogue.suspend();
    await call.pass(100);
    expect(call.transcript.at(-1)).toBe('user: Hello?');
  });
});

describe('a caller who presses keys', () => {
  it('is answered soon after a single one', async () => {
    const call = await greetedCall();
    call.dialogue.press('1');
    await call.pass(720);
    expect(call.transcript.at(-1)).toBe('user: 1');
    const [said] = call.conversation.events.filter(({ event }) => event.type === 'user-message');
    expect(said?.custom).toEqual({ channel: 'voice', input: 'dtmf' });
    await call.untilSilent();
    expect(call.transcript.at(-1)).toMatch(/^agent: We are open/);
  });

  it('has time to look up a number', async () => {
    const call = await greetedCall({ agent: 'hand' });
    for (const key of '123') {
      call.dialogue.press(key);
      await call.pass(key === '1' ? 600 : 1_900);
    }
    expect(call.transcript).toHaveLength(1);
    await call.pass(120);
    expect(call.transcript.at(-1)).toBe('user: 123');
  });

  it('finishes with the hash key', async () => {
    const call = await greetedCall({ agent: 'hand' });
    for (const key of '42#') call.dialogue.press(key);
    expect(call.transcript.at(-1)).toBe('user: 42');
    call.dialogue.press('#');
    expect(call.transcript.at(-1)).toBe('user: #');
  });

  it('interrupts the agent', async () => {
    const call = await paperCall();
    await call.pass(1_500);
    call.dialogue.press('1');
    expect(call.mouth.isSpeaking).toBe(false);
    await call.pass(720);
    await call.untilSilent();
    expect(call.transcript[0]).not.toMatch(/try\?/);
    expect(call.transcript.slice(1)).toEqual([
      'user: 1',
      'agent: We are open from Monday to Friday, 9 am to 6 pm, and on Saturdays until noon.',
    ]);
  });

  it('has nothing else where nobody can understand speech, and is told so once, after the greeting', async () => {
    const call = await paperCall({ hasRecogniser: false });
    await call.untilSilent();
    await call.untilSilent();
    const [understand = '', keys = ''] = call.spoken().slice(-2);
    expect(`${understand} ${keys}`).toBe(phrases.onlyTones);
    await call.sound(2_000);
    call.dialogue.press('1');
    await call.pass(720);
    await call.untilSilent();
    expect(call.spoken().join(' ')).toMatch(/^We are open/);
    await call.pass(2_000);
    expect(call.transcript.filter((line) => line.includes(phrases.onlyTones))).toHaveLength(1);
  });

  it('has nothing else where the recogniser is one for other languages', async () => {
    const call = await paperCall({ languages: ['fr-FR'] });
    await call.untilSilent();
    await call.untilSilent();
    expect(call.spoken().slice(-2).join(' ')).toBe(phrases.onlyTones);
    expect(call.recogniser.languages).toEqual([]);
    expect(call.asked).toEqual([]);
  });
});
