// Users, agents, humans, time and crashes in any order: nobody is left waiting for ever.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentError } from '../../src/agents/index.ts';
import { conversationHouse, settle } from './conversation-house.ts';
import type { Conversation, ConversationHouse } from './conversation-house.ts';
import { mira, request } from './handoff-scenes.ts';

interface Scene {
  house: ConversationHouse;
  conversation: Conversation;
}

/** The turn the agent is taking, if it is taking one. */
function running({ house }: Scene) {
  const turn = house.agent.turns.at(-1);
  return house.responder.openTurns > 0 ? turn : undefined;
}

function deskCase({ house, conversation }: Scene) {
  return house.desk.caseOf(conversation.session.info.id);
}

const acts: Record<string, (scene: Scene) => unknown> = {
  join: ({ conversation }) => conversation.join(),
  message: ({ conversation }) => conversation.say('Hi.'),
  repeat: ({ conversation }) => conversation.say('Hi.', { local_id: 'L' }),
  text: (scene) => running(scene)?.say('Well, this is it. '),
  thinking: (scene) => running(scene)?.say({ kind: 'thinking' }),
  break: (scene) => running(scene)?.say({ kind: 'message-break' }),
  finish: (scene) => running(scene)?.finish(),
  fail: (scene) => running(scene)?.fail(new AgentError('no-reply', 'nobody is there')),
  'hand off': (scene) => running(scene)?.say({ kind: 'handoff', request: request('desk') }),
  'hand to client': (scene) => running(scene)?.say({ kind: 'handoff', request: request('client') }),
  'human joins': (scene) => deskCase(scene)?.join(mira),
  'human speaks': (scene) => deskCase(scene)?.say('I am Mira.'),
  'desk fails': (scene) => deskCase(scene)?.fail(),
  'a moment': () => settle(),
  'a second': ({ house }) => house.pass(1),
  minutes: ({ house }) => house.pass(130),
  'full disk': async (scene) => {
    const { store } = scene.house;
    const append = store.append.bind(store);
    store.append = (_id, _append, done) => {
      store.append = append;
      queueMicrotask(() => done(new Error('disk full')));
    };
    await scene.conversation.say('This is lost.');
    store.append = append;
    scene.conversation = await scene.house.comeBack(scene.conversation);
  },
  crash: async (scene) => {
    scene.house = await scene.house.crash();
    scene.conversation = await scene.house.comeBack(scene.conversation);
  },
};

const often = ['message', 'message', 'text', 'text', 'finish', 'finish', 'a moment', 'a moment', 'join', 'a second'];

describe('whatever happens', () => {
  it('MSG-061 every turn is taken and comes to an end', { timeout: 60_000 }, async () => {
    const happening = fc.constantFrom(...Object.keys(acts), ...often, ...often);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(happening, { maxLength: 40, size: 'max' }),
        async (streaming, happenings) => {
          const house = await conversationHouse();
          const scene: Scene = { house, conversation: await house.begin({ streaming }) };
          for (const what of happenings) await acts[what]?.(scene);

          await scene.house.pass(200);
          for (let turns = 0; turns < 60; turns++) {
            running(scene)?.finish();
            await settle();
          }
          const { state } = scene.conversation.session;
          expect({ turn: state.turn, open: scene.house.responder.openTurns }).toEqual({ turn: null, open: 0 });
          expect(state.openMessage).toBeNull();
          expect(state.waiting.length === 0 || state.floor.holder === 'nobody').toBe(true);
          expect(state.floor.holder).not.toBe('queue');
        },
      ),
      { numRuns: 1500, seed: 20260101 },
    );
  });
});
