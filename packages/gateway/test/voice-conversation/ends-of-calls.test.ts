// How calls go on and end when callers speak out of turn, not at all, or too long: with real audio, and local speech.
import { describe, expect, it } from 'vitest';
import { flowingTime } from '../voice/flowing-time.ts';
import { callTo } from './telephone-house.ts';
import type { LinkedCall } from './telephone-house.ts';

const brief = { timeout: 60_000 };
const everything = { enabled: true, minSpeechMs: 120, onGreeting: true };

/** What the agent has said so far. */
function said({ chat }: LinkedCall): string[] {
  return chat.events.filter(({ type }) => type === 'EVENT_TYPE_POLY_AGENT_MESSAGE').map(({ payload }) => payload.text);
}

describe('a call', brief, () => {
  it('VOX-095 speech over a greeting that can not be interrupted doesn’t stop it, and is acted on afterwards', async () => {
    await callTo({ interruption: { ...everything, onGreeting: false } }, async (caller) => {
      await caller.nextSound();
      const words = await caller.say('opening hours');
      const greeting = await caller.agentSays("I'm Ada");
      const greetedMs = performance.now();
      expect(greeting.payload.text).toMatch(/What would you like to try\?$/);
      expect(greetedMs - words.lastMs).toBeGreaterThan(1_000);
      await caller.agentSays('We are open from Monday to Friday');
      expect(said(caller)).toHaveLength(2);
      expect(caller.chat.events.filter(({ type }) => type === 'EVENT_TYPE_USER_MESSAGE')).toHaveLength(1);
    });
  });

  it('VOX-102 nobody answers in is asked three times, told goodbye, and closed', async () => {
    const silence = { promptAfterSeconds: 0.2, maxPrompts: 3 };
    await callTo({ greeting: false, silence }, async (caller, house) => {
      await caller.line.next('close');
      expect(said(caller)).toEqual([
        ...Array<string>(3).fill('Are you still there?'),
        "I can't hear anybody, so I'll hang up now. Goodbye!",
      ]);
      expect((await caller.line.closed).code).toBe(1000);
      expect(await caller.chat.next('SESSION_END')).toMatchObject({ payload: { reason: 'REASON_NATURAL_END' } });
      expect((await house.ended(caller.callSid)).outcome).toBe('silence');
    });
  });

  it('that has lasted too long is warned a minute before, and ends with a goodbye', async () => {
    const time = flowingTime();
    const silence = { promptAfterSeconds: 0, maxPrompts: 0 };
    const clocks = { clock: time, timers: time };
    await callTo(
      { greeting: false, silence, maxCallSeconds: 61 },
      async (caller, house) => {
        await caller.agentSays('We have one minute left.');
        for (let passedMs = 0; passedMs < 60_000; passedMs += 15_000) {
          time.skip(15_000);
          await Promise.all([caller.line.ping(), caller.chat.ping()]);
        }
        await caller.agentSays('Our time is up.');
        await caller.line.next('close');
        expect(await caller.chat.next('SESSION_END')).toMatchObject({ payload: { reason: 'REASON_NATURAL_END' } });
        expect((await house.ended(caller.callSid)).outcome).toBe('max_duration');
      },
      clocks,
    );
    time.stop();
  });
});
