import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginTurnTaking, isWanted, step, type TurnEffect, type TurnInput, type Wish } from './turn-taking.machine.ts';

/** What was decided after each input, as short lines. */
function decided(interruptible: boolean, ...inputs: TurnInput[]): string[] {
  let state = beginTurnTaking(interruptible);
  return inputs.map((input) => {
    const next = step(state, input);
    state = next.state;
    return next.effects.map(line).join(', ');
  });
}

function line(effect: TurnEffect): string {
  switch (effect.do) {
    case 'cut':
      return 'cut';
    case 'cancel':
      return `cancel ${effect.responseId}`;
    case 'ask':
      return `ask ${effect.wish.id}`;
    case 'configure':
      return effect.answersByItself ? 'let answer' : 'hold back';
  }
}

const connected: TurnInput = { type: 'connected' };
const began: TurnInput = { type: 'caller-began' };
const said: TurnInput[] = [{ type: 'caller-paused' }, { type: 'caller-said' }];
const reply = (id: string): TurnInput => ({ type: 'wish', wish: { id, kind: 'reply', tools: true } });
const announcement = (id: string): TurnInput => ({ type: 'wish', wish: { id, kind: 'line', tools: false } });
const response = (responseId: string, wishId: string | null = null): TurnInput => ({
  type: 'response-began',
  responseId,
  wishId,
});
const over = (responseId: string): TurnInput => ({ type: 'response-over', responseId });
const sounding = (on: boolean): TurnInput => ({ type: 'sounding', on });
const shielded = (on: boolean): TurnInput => ({ type: 'shielded', on });
const quiet = (on: boolean): TurnInput => ({ type: 'quiet', on });
const configured = (answersByItself: boolean): TurnInput => ({ type: 'configured', answersByItself });

describe('a model that answers by itself', () => {
  it('is asked for nothing when the caller speaks', () => {
    expect(decided(true, connected, began, ...said, response('r1'), over('r1'))).toEqual(['', '', '', '', '', '']);
  });

  it('breaks off by itself when the caller interrupts', () => {
    expect(decided(true, connected, response('r1'), sounding(true), began)).toEqual(['', '', '', 'cut']);
  });

  it('is cancelled when keys interrupt', () => {
    const keys: TurnInput = { type: 'interrupt' };
    expect(decided(true, connected, response('r1'), sounding(true), keys)).toEqual(['', '', '', 'cut, cancel r1']);
  });

  it('is not asked for anything while its answer is about to begin', () => {
    const inputs = [connected, began, ...said, announcement('a'), response('r1'), over('r1')];
    expect(decided(true, ...inputs)).toEqual(['', '', '', '', '', '', 'ask a']);
  });

  it('answers whatever was waiting with the next response', () => {
    expect(decided(true, connected, began, reply('w'), ...said, response('r1'), over('r1')).slice(-2)).toEqual([
      '',
      '',
    ]);
  });

  it('is given what it refused because it was busy as soon as it is free', () => {
    const refused: TurnInput = { type: 'refused', wishId: 'w', busy: true };
    expect(decided(true, connected, reply('w'), refused, response('r1'), over('r1'))).toEqual([
      '',
      'ask w',
      '',
      '',
      '',
    ]);
    expect(decided(true, connected, announcement('w'), refused, response('r1'), over('r1')).at(-1)).toBe('ask w');
  });
});

describe('speech that must be heard to its end', () => {
  const greeting = [shielded(true), connected, reply('hi'), response('r1', 'hi'), sounding(true)];

  it('isn’t interrupted, and what the caller said is answered afterwards', () => {
    const inputs = [...greeting, began, ...said, over('r1'), sounding(false), shielded(false)];
    expect(decided(true, ...inputs)).toEqual(['', '', 'ask hi', '', '', '', '', '', '', 'ask answer', 'let answer']);
  });

  it('lets the caller interrupt again once it is over', () => {
    const later = [
      over('r1'),
      sounding(false),
      shielded(false),
      configured(true),
      response('r2'),
      sounding(true),
      began,
    ];
    expect(decided(true, ...greeting, ...later).at(-1)).toBe('cut');
  });

  it('leaves the answer to us until the model has confirmed that it answers by itself', () => {
    const late = [over('r1'), sounding(false), began, shielded(false), ...said];
    expect(decided(true, ...greeting, ...late).slice(-2)).toEqual(['', 'ask answer']);
    expect(decided(true, ...greeting, ...late.slice(0, -2), configured(true), ...said).slice(-2)).toEqual(['', '']);
  });

  it('doesn’t wait for the caller to pause', () => {
    expect(decided(true, connected, began, shielded(true), announcement('a')).at(-1)).toBe('ask a');
  });
});

describe('an agent that is never interrupted', () => {
  it('has the model hold back, and asks it for every answer once it has been heard out', () => {
    const inputs = [connected, response('r1'), sounding(true), began, ...said, over('r1'), sounding(false)];
    expect(decided(false, ...inputs)).toEqual(['', '', '', '', '', '', '', 'ask answer']);
  });
});

describe('an agent that has nothing to say', () => {
  it('cancels what the model begins by itself, but lets announcements through', () => {
    const inputs = [connected, quiet(true), response('r1'), over('r1'), announcement('a'), response('r2', 'a')];
    expect(decided(true, ...inputs)).toEqual(['', 'hold back', 'cancel r1', '', 'ask a', '']);
  });

  it('takes no wishes for replies', () => {
    expect(decided(true, connected, quiet(true), reply('w'), quiet(false))).toEqual([
      '',
      'hold back',
      '',
      'let answer',
    ]);
  });
});

describe('an interruption', () => {
  it('takes back what was asked for and hasn’t begun', () => {
    const inputs = [connected, reply('w'), began, response('r1', 'w')];
    expect(decided(true, ...inputs)).toEqual(['', 'ask w', '', 'cancel r1']);
  });

  it('mutes the response for good (VOX-094)', () => {
    let state = beginTurnTaking(true);
    for (const input of [connected, response('r1'), sounding(true), began]) ({ state } = step(state, input));
    expect(isWanted(state, 'r1')).toBe(false);
    ({ state } = step(state, over('r1')));
    expect(isWanted(state, 'r1')).toBe(false);
    expect(isWanted(state, 'r2')).toBe(true);
  });
});

describe('a lost connection', () => {
  it('has what was asked for asked again', () => {
    expect(decided(true, connected, reply('w'), { type: 'lost' }, connected)).toEqual(['', 'ask w', '', 'ask w']);
  });

  it('leaves the answer that the model owed to us', () => {
    expect(decided(true, connected, began, ...said, { type: 'lost' }, connected).at(-1)).toBe('ask answer');
  });
});

describe('whatever happens', () => {
  const ids = fc.constantFrom('1', '2', '3');
  const anyInput: fc.Arbitrary<TurnInput> = fc.oneof(
    fc.constantFrom(connected, { type: 'lost' } as const, began, ...said, { type: 'interrupt' } as const),
    fc.constantFrom(configured(true), configured(false)),
    fc.boolean().chain((on) => fc.constantFrom(sounding(on), shielded(on), quiet(on))),
    ids.map((id) => reply(`w${id}`)),
    ids.map((id) => announcement(`a${id}`)),
    fc.tuple(ids, fc.constantFrom(null, 'w1', 'a2', 'answer')).map(([id, wish]) => response(`r${id}`, wish)),
    ids.map((id) => over(`r${id}`)),
    fc.boolean().map((busy) => ({ type: 'refused', wishId: 'w1', busy }) as const),
  );

  it('the model is never asked while it makes a response, or isn’t there, and never interrupted against the rules', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(anyInput, { maxLength: 60 }), (interruptible, inputs) => {
        let state = beginTurnTaking(interruptible);
        let asked: Wish | null = null;
        for (const input of inputs) {
          const before = state;
          const { state: after, effects } = step(before, input);
          for (const effect of effects) {
            if (effect.do === 'ask') {
              expect(after.live).toBeNull();
              expect(after.connected).toBe(true);
              asked = effect.wish;
            }
            if (effect.do === 'cut') expect(before.shielded || before.quiet).toBe(false);
            if (effect.do === 'ask' && after.quiet) expect(asked?.kind).toBe('line');
          }
          state = after;
        }
      }),
    );
  });
});
