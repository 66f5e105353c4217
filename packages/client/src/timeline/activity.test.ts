import { describe, expect, it } from 'vitest';
import { agentMessage, chunk, userMessage } from '../../test/events.ts';
import { activityAfter } from './activity.ts';

const thinking = activityAfter(undefined, { type: 'poly-agent-thinking' }, 1_000);

describe('activity', () => {
  it('thinking is believed for 10 s', () => {
    expect(thinking).toEqual({ kind: 'thinking', untilMs: 11_000 });
  });

  it('every repeat prolongs it', () => {
    expect(activityAfter(thinking, { type: 'poly-agent-thinking' }, 9_000)?.untilMs).toBe(19_000);
  });

  it('MSG-091 live typing starts and stops', () => {
    const started = { type: 'live-agent-typing', state: 'TYPING_STATE_STARTED', agentName: 'Grace' } as const;
    const typing = activityAfter(undefined, started, 0);
    expect(typing).toMatchObject({ kind: 'typing', name: 'Grace' });
    expect(activityAfter(typing, { ...started, state: 'TYPING_STATE_STOPPED' }, 1)).toBeUndefined();
  });

  it('an answer ends it, the user does not', () => {
    expect(activityAfter(thinking, agentMessage('m1', 'Hi'), 2_000)).toBeUndefined();
    expect(activityAfter(thinking, chunk('m1', 1, 'H'), 2_000)).toBeUndefined();
    expect(activityAfter(thinking, userMessage('u1', 'Hello?'), 2_000)).toBe(thinking);
  });
});
