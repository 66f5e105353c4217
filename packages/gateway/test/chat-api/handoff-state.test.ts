import { expect, it } from 'vitest';
import { chatHouse } from './chat-house.ts';
import type { ChatHouse } from './chat-house.ts';
import { done, handOff, say, scriptedAgent } from './scripted-agent.ts';
import type { ScriptedAgent } from './scripted-agent.ts';

/** Hands off with the number of the order that the user names. */
function leavingAgent(): ScriptedAgent {
  return scriptedAgent((question) =>
    typeof question === 'object' ? [say('One moment.'), handOff({ order_number: question.message })] : [done],
  );
}

async function handedOff(house: ChatHouse, order: string, sharedId?: string): Promise<string> {
  const conversation_id = await house.begin({ integration_attributes: sharedId ? { shared_id: sharedId } : {} });
  await house.ask('respond', { conversation_id, message: order });
  return conversation_id;
}

function look(house: ChatHouse, query: Record<string, string>, request: object = {}) {
  return house.ask('handoffState', '', { query: new URLSearchParams(query), connectorToken: undefined, ...request });
}

it('MSG-119 answers with what the agent handed over, in its own spelling', async () => {
  const house = await chatHouse(leavingAgent());
  const id = await handedOff(house, '1042');
  expect(await look(house, { id })).toEqual({ status: 200, body: { id, data: { order_number: '1042' } } });
});

it('MSG-119 neither id: 400 with error_message and nothing else', async () => {
  const house = await chatHouse(leavingAgent());
  expect(await look(house, {})).toEqual({
    status: 400,
    body: { error_message: 'Either id or shared_id is required.' },
  });
});

it('MSG-119 shared_id wins over id', async () => {
  const house = await chatHouse(leavingAgent());
  const other = await handedOff(house, '1');
  const shared = await handedOff(house, '2', 'call-77');
  expect(await look(house, { id: other, shared_id: 'call-77' })).toEqual({
    status: 200,
    body: { id: shared, shared_id: 'call-77', data: { order_number: '2' } },
  });
  expect(await look(house, { id: other, shared_id: 'call-78' })).toMatchObject({ status: 404 });
});

it('MSG-119 a shared_id is found after a restart, the latest conversation of several', async () => {
  const house = await chatHouse(leavingAgent());
  await handedOff(house, '1', 'call-77');
  house.time.advance(1);
  const latest = await handedOff(house, '2', 'call-77');
  const next = await chatHouse(leavingAgent(), { store: house.store, idPrefix: 'next' });
  expect((await look(next, { shared_id: 'call-77' })).body).toMatchObject({ id: latest });
});

it('MSG-119 a shared_id that came with a later request is found too', async () => {
  const house = await chatHouse(leavingAgent());
  const conversation_id = await house.begin();
  const integration_attributes = { shared_id: 'call-77' };
  await house.ask('respond', { conversation_id, message: '3', integration_attributes });
  expect((await look(house, { shared_id: 'call-77' })).body).toMatchObject({ id: conversation_id });
});

it('MSG-119 sessions of messaging have a state too', async () => {
  const agent = leavingAgent();
  const house = await chatHouse(agent);
  await house.begin();
  const session = await house.sessions.create({ ...agent.session.info, door: 'messaging' });
  session.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
  session.execute({ type: 'client-event', event: { type: 'user-message', text: '4' } });
  await new Promise<void>((resolve) => {
    session.subscribe({
      deliver() {},
      noted: ({ type }) => type === 'handoff-requested' && resolve(),
      ended() {},
      broke() {},
    });
  });
  expect((await look(house, { id: session.info.id })).body['data']).toEqual({ order_number: '4' });
});

it.each([
  ['MSG-119 no key', { apiKey: undefined }, 401],
  ['MSG-119 a wrong key', { apiKey: 'wrong' }, 401],
  ['MSG-119 the key of another project', { apiKey: 'bank-key' }, 403],
  ['MSG-119 an unknown account', { accountId: 'nobody' }, 404],
  ['MSG-119 a conversation of another project', { projectId: 'bank', apiKey: 'bank-key' }, 404],
])('%s is refused', async (_what, request, status) => {
  const house = await chatHouse(leavingAgent());
  const id = await handedOff(house, '1042', 'call-77');
  for (const query of [{ id }, { shared_id: 'call-77' }] as Record<string, string>[]) {
    const answer = await look(house, query, request);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.body)).toEqual(['error_message']);
  }
});

it('MSG-119 a conversation that was not handed off is 404, as an unknown one', async () => {
  const house = await chatHouse(leavingAgent());
  const id = await house.begin();
  expect((await look(house, { id })).status).toBe(404);
  expect((await look(house, { id: 'CONV-1' })).status).toBe(404);
});
