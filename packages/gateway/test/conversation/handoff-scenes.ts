// Hand-offs that have come to a certain point, for tests that begin there.
import type { DeskCase } from '../../src/handoff/index.ts';
import type { HandoffRequest } from '../../src/messaging/index.ts';
import { conversationHouse, settle } from './conversation-house.ts';
import type { Conversation, ConversationHouse, HouseOptions } from './conversation-house.ts';

/** The human of these tests. */
export const mira = { id: 'agent-7', name: 'Mira' };

/** A house and a conversation in it. */
export interface Scene {
  house: ConversationHouse;
  conversation: Conversation;
}

/** What the agent asks for. */
export function request(kind: HandoffRequest['kind']): HandoffRequest {
  return { kind, reason: 'COMPLEX_QUERY', queue: 'Support Queue', route: 'https://parley.test', data: { order: 7 } };
}

/** The user asks for a human, and the agent passes it on. */
export async function askForHuman(
  { house, conversation }: Scene,
  kind: HandoffRequest['kind'] = 'desk',
): Promise<void> {
  await conversation.say('A human, please.');
  conversation.news();
  house.agent.turn.say('One moment.', { kind: 'handoff', request: request(kind) }, 'I am not heard any more.');
  await settle();
}

/** A conversation that was handed off. What the user was shown of it is news. */
export async function handedOff(options?: HouseOptions, kind?: HandoffRequest['kind']): Promise<Scene> {
  const house = await conversationHouse(options);
  const scene = { house, conversation: await house.greeted() };
  await askForHuman(scene, kind);
  return scene;
}

/** A conversation that a human has taken. */
export async function live(): Promise<Scene> {
  const scene = await handedOff();
  caseOf(scene).join(mira);
  await settle();
  scene.conversation.news();
  return scene;
}

/** The case of a conversation at the desk. */
export function caseOf({ house, conversation }: Scene): DeskCase {
  const found = house.desk.caseOf(conversation.session.info.id);
  if (!found) throw new Error('the desk does not have the case');
  return found;
}
