import { describe, expect, it } from 'vitest';
import { FakeTime, countingIds } from '../../kit/index.ts';
import type { Command, SessionHandle, SessionState } from '../../messaging/index.ts';
import type { Mouth } from '../dialogue.ts';
import { phrasesFor } from '../phrases.ts';
import { createBridge } from './bridge.ts';
import type { Leg } from './bridge.ts';

const words = phrasesFor('en');
const frame = new Int16Array(480).fill(9_000);

/** A bridge whose session and mouths are the test's. */
function openBridge() {
  const time = new FakeTime();
  const call: NonNullable<SessionState['call']> = {
    callId: 'C1',
    answers: 'agent',
    variantId: null,
    build: null,
    sinceMs: 0,
    person: null,
  };
  const state = { call, floor: { holder: 'human' } } as unknown as SessionState;
  const commands: Command['type'][] = [];
  const said: string[] = [];
  const session = {
    state,
    execute(command: Command) {
      commands.push(command.type);
      if (command.type === 'call-taken') call.person = { ...command.person, held: false };
      if (command.type === 'call-released') call.person = null;
    },
  } as unknown as SessionHandle;
  const bridge = createBridge({
    callId: 'C1',
    session: () => session,
    mouth: mouthTo('caller', said),
    callerRate: () => 24_000,
    unheard() {},
    announce: (text) => void said.push(text),
    phrases: () => words,
    clock: time,
    timers: time,
    newId: countingIds('live'),
  });
  return { bridge, time, call, state, commands, said, person: mouthTo('person', said) };
}

function mouthTo(listener: string, said: string[]): Mouth {
  return {
    write: (segmentId) => void said.push(`${segmentId} to ${listener}`),
    finish() {},
    flush() {},
    playedMs: () => 1_000_000,
    lagMs: 0,
    isSpeaking: false,
  };
}

function legOf(person: string, legId = person): Leg & { hungUp: number } {
  const leg = { legId, person: { id: person, name: person }, hungUp: 0, hangUp: () => void (leg.hungUp += 1) };
  return leg;
}

describe('a bridge', () => {
  it('passes on what each says to the other, and to nobody while nobody is there', () => {
    const { bridge, said, person, commands } = openBridge();
    const grace = legOf('grace');
    bridge.callerSaid(frame);
    expect(bridge.claim(grace)).toBe(true);
    bridge.personSaid(grace, frame);
    expect(said).toEqual([]);
    bridge.connected(grace, person);
    bridge.callerSaid(frame);
    bridge.personSaid(grace, frame);
    bridge.personSaid(legOf('noor'), frame);
    expect(said).toEqual([expect.stringMatching('to person'), expect.stringMatching('to caller')]);
    expect(bridge.isPersons((said[1] ?? '').split(' ')[0] ?? '')).toBe(true);
    expect(commands).toEqual(['call-taken']);
  });

  it('hangs up on whoever comes when the floor is elsewhere', () => {
    const { bridge, state, commands, person, said } = openBridge();
    const grace = legOf('grace');
    bridge.claim(grace);
    state.floor = { holder: 'agent' };
    bridge.connected(grace, person);
    expect([grace.hungUp, commands, said]).toEqual([1, [], []]);
    bridge.callerSaid(frame);
    expect(said).toEqual([]);
  });

  it('tells the caller again and again that somebody comes back, until they do', () => {
    const { bridge, call, time, said, person } = openBridge();
    const grace = legOf('grace');
    bridge.claim(grace);
    bridge.connected(grace, person);
    call.person = { id: 'grace', name: 'grace', held: true };
    bridge.sessionChanged();
    time.advance(61_000);
    expect(said).toEqual([words.onHoldByPerson, words.onHoldByPerson, words.onHoldByPerson]);
    call.person = { ...call.person, held: false };
    bridge.sessionChanged();
    time.advance(120_000);
    expect(said).toHaveLength(3);
  });

  it('knows who was there and how long, on hold or not, under way or over', () => {
    const { bridge, time, person } = openBridge();
    expect(bridge.human).toBeNull();
    const [grace, noor] = [legOf('grace'), legOf('noor')];
    bridge.claim(grace);
    time.advance(1_000);
    expect(bridge.human).toBeNull();
    bridge.connected(grace, person);
    time.advance(2_000);
    expect(bridge.human).toEqual({ personIds: ['grace'], onLineMs: 2_000 });
    bridge.gone(grace, 'left');
    time.advance(4_000);
    bridge.claim(noor);
    bridge.connected(noor, person);
    time.advance(8_000);
    bridge.close();
    time.advance(16_000);
    expect(bridge.human).toEqual({ personIds: ['grace', 'noor'], onLineMs: 10_000 });
  });

  it('that closes takes the person off the line, without a word, once', () => {
    const { bridge, said, person } = openBridge();
    const grace = legOf('grace');
    bridge.claim(grace);
    bridge.connected(grace, person);
    bridge.close();
    bridge.gone(grace, 'left');
    bridge.close();
    bridge.personSaid(grace, frame);
    bridge.callerSaid(frame);
    expect([grace.hungUp, said]).toEqual([1, []]);
  });
});
