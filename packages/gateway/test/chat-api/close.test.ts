import { expect, it } from 'vitest';
import { chatHouse } from './chat-house.ts';
import { done, end, say, scriptedAgent } from './scripted-agent.ts';

const success = { status: 200, body: { success: true } };

it('MSG-114 close answers {"success": true}, again when it is closed already', async () => {
  const agent = scriptedAgent(() => [say('Hello'), done]);
  const house = await chatHouse(agent);
  const conversation_id = await house.begin();
  expect(await house.ask('close', { conversation_id })).toEqual(success);
  expect(agent.session.state.ended).toMatchObject({ reason: 'REASON_USER_END' });
  expect(await house.ask('close', { conversation_id })).toEqual(success);
});

it('the end is durable once it is answered', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('Hello'), done]));
  const conversation_id = await house.begin();
  await house.ask('close', { conversation_id });
  const last = (await house.store.load(conversation_id))?.entries.at(-1);
  expect(last?.text).toContain('REASON_USER_END');
});

it('two that close at once both succeed', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('Hello'), done]));
  const conversation_id = await house.begin();
  const answers = await Promise.all([1, 2].map(() => house.ask('close', { conversation_id })));
  expect(answers).toEqual([success, success]);
});

it('a conversation that the agent ended can be closed', async () => {
  const house = await chatHouse(scriptedAgent((question) => (question === 'start' ? [done] : [say('Bye'), end])));
  const conversation_id = await house.begin();
  await house.ask('respond', { conversation_id, message: 'bye' });
  expect(await house.ask('close', { conversation_id })).toEqual(success);
});

it('an unknown conversation is 404 CONVERSATIONS_NOT_FOUND', async () => {
  const house = await chatHouse(scriptedAgent(() => [done]));
  expect(await house.ask('close', { conversation_id: 'CONV-1' })).toMatchObject({
    status: 404,
    body: { error_code: 'CONVERSATIONS_NOT_FOUND' },
  });
});

it('a body without conversation is 400 SCHEMA_VALIDATION_FAILED', async () => {
  const house = await chatHouse(scriptedAgent(() => [done]));
  expect(await house.ask('close')).toMatchObject({ status: 400, body: { error_code: 'SCHEMA_VALIDATION_FAILED' } });
});
