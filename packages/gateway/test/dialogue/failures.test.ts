// Agents, voices and recognisers that fail in the middle of a call.
import { describe, expect, it } from 'vitest';
import { phrasesFor, SpeechError } from '../../src/voice/index.ts';
import { settle } from '../conversation/conversation-house.ts';
import { greetedCall, paperCall } from './call-house.ts';

const phrases = phrasesFor('en');

describe('an agent that fails', () => {
  it('is apologised for, and the call goes on', async () => {
    const call = await greetedCall();
    await call.say('Simulate an error');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe(`agent: ${phrases.apology}`);
    expect(call.asked).toEqual([]);
    await call.say('opening hours');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toMatch(/^agent: We are open/);
  });

  it('is apologised for after what it has said', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    call.house.agent.turn.say('I think that');
    call.house.agent.turn.fail(new Error('gone'));
    await call.untilSilent();
    expect(call.transcript.slice(-2)).toEqual(['agent: I think that', `agent: ${phrases.apology}`]);
  });

  it('apologises in the language of the conversation', async () => {
    const call = await greetedCall();
    await call.say('Do you speak French?');
    await call.untilSilent();
    await call.say('Simulate an error');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe(`agent: ${phrasesFor('fr').apology}`);
  });
});

describe('a voice that fails', () => {
  it('says a sentence again, once', async () => {
    const call = await greetedCall();
    call.voice.breaks(1);
    await call.say('opening hours');
    await call.untilSilent();
    expect(call.asked).toEqual([]);
    expect(call.transcript.at(-1)).toBe(
      'agent: We are open from Monday to Friday, 9 am to 6 pm, and on Saturdays until noon.',
    );
    const [first, again] = call.spoken();
    expect(again).toBe(first);
  });

  it('for good ends the dialogue, and what is announced then is said if it can be', async () => {
    const call = await greetedCall();
    call.voice.breaks(2);
    await call.say('opening hours');
    await call.pass(100);
    expect(call.asked).toEqual(['failed: the voice broke']);
    const apology = call.dialogue.announce(phrases.apology, { interruptible: false });
    await call.pass(4_000);
    await apology;
    expect(call.transcript.at(-1)).toBe(`agent: ${phrases.apology}`);
  });

  it('is not tried again when it says that it is no use', async () => {
    const call = await paperCall({ agent: 'hand' });
    call.voice.breaks(1, new SpeechError('unavailable', 'no such voice'));
    call.house.agent.turn.say('Hello. ');
    await call.pass(20);
    expect(call.asked).toEqual(['failed: no such voice']);
    expect(call.spoken()).toHaveLength(1);
  });

  it('is given up when nothing comes of it for five seconds, and nobody waits for an announcement', async () => {
    const call = await greetedCall();
    call.voice.hangs();
    await call.say('opening hours');
    await call.pass(4_500);
    expect(call.asked).toEqual([]);
    await call.pass(500);
    expect(call.asked).toEqual(['failed: no audio comes']);
    const apology = call.dialogue.announce(phrases.apology, { interruptible: false });
    await call.pass(5_000);
    await apology;
  });

  it('is heard to the end of its sentence when it hangs in the next one', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    const long = `It is ${'very '.repeat(30)}late.`;
    call.house.agent.turn.say(`${long} `);
    await call.pass(20);
    call.voice.hangs();
    call.house.agent.turn.say('Good night. ');
    await call.pass(7_000);
    expect(call.asked).toEqual([]);
    await call.pass(1_500);
    expect(call.asked).toEqual(['failed: no audio comes']);
    expect(call.transcript.at(-1)?.trimEnd()).toBe(`agent: ${long}`);
  });
});

describe('a recogniser that fails', () => {
  it('costs an utterance when it breaks', async () => {
    const call = await greetedCall({ agent: 'hand' });
    call.recogniser.ends.push(() => Promise.reject(new SpeechError('broken', 'lost')));
    await call.sound(600);
    await call.pass(1_060);
    expect(call.asked).toEqual([]);
    await call.say('Hello?');
    expect(call.transcript.at(-1)).toBe('user: Hello?');
  });

  it('costs an utterance when it never answers', async () => {
    const call = await greetedCall({ agent: 'hand' });
    call.recogniser.ends.push(() => new Promise(() => {}));
    await call.sound(600);
    await call.pass(11_100);
    await call.say('Hello?');
    expect(call.transcript.at(-1)).toBe('user: Hello?');
  });

  it('for good ends the dialogue, once', async () => {
    const call = await greetedCall({ agent: 'hand' });
    call.recogniser.fail(new SpeechError('unavailable', 'no more'));
    call.recogniser.fail(new SpeechError('unavailable', 'no more'));
    expect(call.asked).toEqual(['failed: no more']);
  });
});

describe('something nobody foresaw', () => {
  it.each(['speech', 'keys'])('ends the dialogue, and nothing else, when it comes with %s', async (means) => {
    const call = await greetedCall({ agent: 'hand' });
    call.conversation.session.execute = () => {
      throw new Error('unforeseen');
    };
    if (means === 'speech') await call.say('Hello?');
    else call.dialogue.press('1');
    await call.pass(720);
    expect(call.asked).toEqual(['failed: unforeseen']);
  });
});

describe('a call that is over', () => {
  it('is left alone', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    call.dialogue.close();
    call.house.agent.turn.say('Too late. ');
    call.dialogue.press('1');
    await call.pass(12_000);
    await settle();
    expect(call.spoken()).toEqual([]);
    expect(call.transcript.at(-1)).toBe('user: Well?');
  });
});
