// Callers, agents, typists, announcements and bad lines in any order: whatever was heard stands in the journal once and
// in order, nothing else does, and every turn comes to an end.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settle } from '../conversation/conversation-house.ts';
import { greetedCall } from './call-house.ts';
import type { PaperCall } from './call-house.ts';
import { MS_PER_CHARACTER } from './speech-services.ts';

type Step = (call: PaperCall, number: () => number) => unknown;

/** The agent's turns that may still be answered. */
function openTurn({ house, conversation }: PaperCall) {
  const { turn } = house.agent;
  return turn.turn.turnId === conversation.session.state.turn?.id ? turn : undefined;
}

const steps: Record<string, Step> = {
  'time passes': (call) => call.pass(300),
  'a long time passes': (call) => call.pass(4_000),
  'the caller speaks': (call, number) => call.say(`words ${number()}`),
  'the caller begins to speak': (call, number) => {
    call.recogniser.words.push(`words ${number()}`);
    return call.sound(400);
  },
  'something is understood': (call) => call.recogniser.partial('well'),
  'the caller coughs': (call) => call.sound(120),
  'there is noise': async (call) => {
    await call.sound(500);
    await call.pass(1_060);
  },
  'the caller presses a key': (call) => call.dialogue.press('5'),
  'the user types': (call, number) => call.conversation.say(`text ${number()}`),
  'the agent says a sentence': (call, number) => openTurn(call)?.say(`So ${number()} and ${number()}. `),
  'the agent says a few words': (call, number) => openTurn(call)?.say(`or ${number()} `),
  'the agent begins a new message': (call) => openTurn(call)?.say({ kind: 'message-break' }),
  'the agent is done': (call) => openTurn(call)?.finish(),
  'the agent fails': (call) => openTurn(call)?.fail(new Error('gone')),
  'the agent hands over': (call) =>
    openTurn(call)?.say({
      kind: 'handoff',
      request: { kind: 'desk', reason: 'AGENT_DECISION', queue: 'General', route: '', data: {} },
    }),
  'a human joins': (call) => call.house.desk.cases[0]?.join({ id: 'rosa', name: 'Rosa' }),
  'a human writes': (call) => call.house.desk.cases[0]?.say('Hello, this is Rosa. How are you?'),
  'nobody can be had': (call) => call.house.desk.cases[0]?.fail(),
  'something is announced': (call) => void call.dialogue.announce('Note this.', { interruptible: true }),
  'something must be heard': (call) => void call.dialogue.announce('Mind this.', { interruptible: false }),
  'the line is interrupted': async (call) => {
    call.dialogue.suspend();
    await call.pass(500);
    call.dialogue.resume();
  },
  'the voice stumbles': (call) => call.voice.breaks(1),
};

/** Lets everything come to its end. */
async function wait(call: PaperCall): Promise<void> {
  const isGoingOn = (): boolean => call.conversation.session.state.turn !== null || call.mouth.isSpeaking;
  await call.pass(3_000);
  for (let waited = 0; waited < 60 && isGoingOn(); waited++) {
    openTurn(call)?.finish();
    await call.pass(1_000);
  }
}

it('every word that was heard is journaled once and in order', async () => {
  const story = fc.record({
    names: fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 5, maxLength: 30 }),
    streaming: fc.boolean(),
    enabled: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ names, streaming, enabled }) => {
      const call = await greetedCall({
        agent: 'hand',
        streaming,
        settings: {
          silence: { promptAfterMs: 0, maxPrompts: 0 },
          interruption: { enabled, minSpeechMs: 200, onGreeting: true },
        },
      });
      let count = 0;
      for (const name of names) {
        await steps[name]?.(call, () => (count += 1));
        await settle();
      }
      await wait(call);

      const { state } = call.conversation.session;
      expect(state).toMatchObject({ turn: null, waiting: [], openMessage: null });
      expect(call.asked).toEqual([]);
      expect(call.mouth.isSpeaking).toBe(false);
      const said = call.transcript.filter((line) => line.startsWith('agent: ')).join(' ');
      const numbers = [...said.matchAll(/\d+/g)].map(Number);
      expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
      expect(call.transcript).not.toContain('agent: ');
      const heard = said.replaceAll('agent: ', '').length * MS_PER_CHARACTER;
      expect(heard).toBeLessThanOrEqual(call.mouth.soundedMs + 500 * names.length);
    }),
    { numRuns: 100 },
  );
}, 60_000);
