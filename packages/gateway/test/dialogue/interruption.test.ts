// A caller who speaks while the agent does.
import { describe, expect, it } from 'vitest';
import { settle } from '../conversation/conversation-house.ts';
import { greetedCall, paperCall } from './call-house.ts';
import type { PaperCall } from './call-house.ts';
import { LAG_MS } from './paper-mouth.ts';
import { MS_PER_CHARACTER } from './speech-services.ts';

const SENTENCE = 'The lighthouse stood at the end of the pier. ';

/** A call in which the agent has begun a long answer, and means to say more. */
async function whileTheAgentSpeaks(options?: Parameters<typeof greetedCall>[0]): Promise<PaperCall> {
  const call = await greetedCall({ agent: 'hand', ...options });
  await call.say('Tell me a story.');
  call.house.agent.turn.say(SENTENCE.repeat(3));
  await settle();
  await call.pass(1_000);
  return call;
}

/** What the agent was heard to say in the turn that was opened last but one. */
function told({ transcript }: PaperCall): string {
  const after = transcript.indexOf('user: Tell me a story.');
  return transcript[after + 1] ?? '';
}

describe('a caller who interrupts', () => {
  it('VOX-092 silences the agent within a window of the detector after the shortest speech that counts', async () => {
    const call = await whileTheAgentSpeaks();
    await call.sound(260);
    expect(call.mouth.isSpeaking).toBe(false);
    const reaction = call.measured.find(({ what }) => what === 'barge-in');
    expect(reaction?.ms).toBeLessThanOrEqual(260);
  });

  it('VOX-120 leaves in the journal what was heard, to the word', async () => {
    const call = await whileTheAgentSpeaks();
    const before = call.mouth.soundedMs;
    call.recogniser.words.push('Stop it.');
    await call.sound(600);
    await call.pass(1_060);
    const reply = told(call).replace('agent: ', '');
    // The greeting, which was one word, was played before.
    const heardMs = call.mouth.soundedMs - 'Hello.'.length * MS_PER_CHARACTER - LAG_MS;
    expect(before).toBeLessThan(call.mouth.soundedMs);
    expect(SENTENCE.startsWith(reply.trim())).toBe(true);
    expect(reply.trimEnd().length * MS_PER_CHARACTER).toBeLessThanOrEqual(heardMs);
    expect(reply.length * MS_PER_CHARACTER).toBeGreaterThan(heardMs - 12 * MS_PER_CHARACTER);
    expect(call.transcript.at(-1)).toBe('user: Stop it.');
  });

  it('calls off the model and the synthesis, and is answered', async () => {
    const call = await whileTheAgentSpeaks();
    const { signal } = call.house.agent.turn;
    await call.say('Stop it.');
    expect(signal.aborted).toBe(true);
    expect(call.house.agent.turns).toHaveLength(3);
    const { turn } = call.house.agent.turn;
    expect(turn.input).toMatchObject({ kind: 'message', text: 'Stop it.' });
    expect(turn.history.at(-1)?.text.length).toBeLessThan(SENTENCE.length);
    call.house.agent.turn.say('All right.');
    call.house.agent.turn.finish();
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('agent: All right.');
    expect(call.spoken()).not.toContain('And a fourth.');
  });

  it('calls off the model with the first word that is understood', async () => {
    const call = await whileTheAgentSpeaks();
    const { signal } = call.house.agent.turn;
    await call.sound(120);
    call.recogniser.partial('mm-hm');
    await call.pass(20);
    expect(signal.aborted).toBe(false);
    call.recogniser.partial('Stop');
    await settle();
    expect(signal.aborted).toBe(true);
    expect(call.mouth.isSpeaking).toBe(false);
  });

  it('never hears what the agent goes on to compose', async () => {
    const call = await whileTheAgentSpeaks();
    const interrupted = call.house.agent.turn;
    await call.say('Stop it.');
    call.spoken();
    interrupted.say('Nobody listens to this. ');
    await call.pass(500);
    expect(call.spoken()).toEqual([]);
  });

  it('is not answered into his next sentence', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('My order is late.');
    await call.sound(400);
    call.house.agent.turn.say('Which order? ');
    await settle();
    expect(call.mouth.isSpeaking).toBe(false);
    call.recogniser.words.push('And I want my money back.');
    await call.sound(400);
    await call.pass(1_060);
    expect(call.transcript.slice(-2)).toEqual(['user: My order is late.', 'user: And I want my money back.']);
    expect(call.house.agent.turns).toHaveLength(3);
  });

  it('keeps the first sounds of what he says', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.pass(1_000);
    await call.say('Hello?');
    // 600 ms of sound, the pause of 650 ms and what the detector needs, and 400 ms from before.
    expect(call.recogniser.utterances[0]).toBeGreaterThan((600 + 650 + 300) / 20);
  });
});

describe('a caller who only seems to interrupt', () => {
  it('hears the cut sentence again when nothing was understood, and it stands in the journal once', async () => {
    const call = await whileTheAgentSpeaks();
    call.spoken();
    await call.sound(400);
    expect(call.mouth.isSpeaking).toBe(false);
    await call.pass(1_060);
    expect(call.mouth.isSpeaking).toBe(true);
    expect(call.spoken()[0]).toBe(SENTENCE.trim());
    call.house.agent.turn.finish();
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe(`agent: ${SENTENCE.repeat(3)}`);
    expect(call.house.agent.turn.signal.aborted).toBe(true);
  });

  it.each(['', 'Mm-hm.'])(
    'does not interrupt with a sound as short as a cough (understood: %j)',
    async (understood) => {
      const call = await whileTheAgentSpeaks();
      call.recogniser.words.push(understood);
      await call.sound(160);
      await call.pass(1_060);
      expect(call.mouth.isSpeaking).toBe(true);
      expect(call.measured.some(({ what }) => what === 'barge-in')).toBe(false);
      expect(call.transcript.at(-1)).toMatch(/^agent/);
    },
  );

  it('is not kept waiting by a recogniser that takes its time', async () => {
    const call = await whileTheAgentSpeaks();
    call.recogniser.ends.push(() => new Promise(() => {}));
    await call.sound(400);
    await call.pass(1_300);
    expect(call.mouth.isSpeaking).toBe(true);
  });
});

describe('an agent that may not be interrupted', () => {
  const settings = { interruption: { enabled: false, minSpeechMs: 200, onGreeting: false } };

  it('finishes, and answers what was said meanwhile', async () => {
    const call = await whileTheAgentSpeaks({ settings });
    call.house.agent.turn.finish();
    await call.say('Stop it.');
    expect(call.transcript.at(-1)).toBe('user: Stop it.');
    expect(call.house.agent.turns).toHaveLength(2);
    await call.pass(6_000);
    expect(told(call)).toBe(`agent: ${SENTENCE.repeat(3)}`);
    expect(call.house.agent.turn.turn.input).toMatchObject({ text: 'Stop it.' });
  });

  it('VOX-095 finishes its greeting, and acts on what was said over it afterwards', async () => {
    const onGreeting = { interruption: { enabled: true, minSpeechMs: 200, onGreeting: false } };
    const call = await paperCall({ settings: onGreeting });
    await call.pass(500);
    await call.say('opening hours');
    await call.untilSilent();
    await call.untilSilent();
    expect(call.transcript.map((line) => line.slice(0, 16))).toEqual([
      "agent: Hello, I'",
      'user: opening ho',
      'agent: We are op',
    ]);
    expect(call.transcript[0]).toMatch(/What would you like to try\?$/);
    expect(call.measured.some(({ what }) => what === 'barge-in')).toBe(false);
  });

  it('says goodbye whatever the caller says', async () => {
    const call = await greetedCall();
    await call.say('Goodbye!');
    await call.say('Wait!');
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: agent_hangup']);
    expect(call.transcript.slice(-2)).toEqual(['user: Goodbye!', 'agent: Goodbye, it was nice talking to you!']);
  });
});

describe('an announcement', () => {
  it('is made after what is being said, in its very words, and journaled', async () => {
    const call = await whileTheAgentSpeaks();
    let isOver = false;
    const announced = call.dialogue.announce('We have one minute left.', { interruptible: true });
    void announced.then(() => (isOver = true));
    await call.pass(500);
    expect(isOver).toBe(false);
    call.house.agent.turn.say(SENTENCE);
    call.house.agent.turn.finish();
    await call.untilSilent();
    await announced;
    expect(call.transcript.slice(-3)).toEqual([
      `agent: ${SENTENCE.repeat(3)}`,
      'agent: We have one minute left.',
      `agent: ${SENTENCE}`,
    ]);
  });

  it('is over when it is cut off', async () => {
    const call = await greetedCall({ agent: 'hand' });
    const announced = call.dialogue.announce('We have one minute left, and then we must part.', {
      interruptible: true,
    });
    await call.pass(1_000);
    await call.say('Really?');
    await announced;
    expect(call.transcript.at(-2)).toBe('agent: We have one minute ');
    expect(call.transcript.at(-1)).toBe('user: Really?');
  });

  it('that must be heard is not silenced', async () => {
    const call = await greetedCall({ agent: 'hand' });
    const announced = call.dialogue.announce('This call is recorded.', { interruptible: false });
    await call.pass(200);
    await call.sound(800);
    expect(call.mouth.isSpeaking).toBe(true);
    await call.pass(500);
    await announced;
    expect(call.transcript).toContain('agent: This call is recorded.');
  });

  it('is over when the call is', async () => {
    const call = await greetedCall({ agent: 'hand' });
    const announced = call.dialogue.announce('This call is recorded.', { interruptible: false });
    await call.pass(700);
    call.dialogue.close();
    await announced;
    await settle();
    expect(call.transcript.at(-1)).toBe('agent: This call ');
  });
});
