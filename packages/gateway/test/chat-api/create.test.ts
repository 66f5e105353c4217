import { expect, it } from 'vitest';
import { chatHouse } from './chat-house.ts';
import { done, end, fail, say, scriptedAgent } from './scripted-agent.ts';

it('MSG-108 create without a body answers with conversation_id and response', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('Hello, how can I help?'), done]));
  const { status, body } = await house.ask('create', '');
  expect(status).toBe(200);
  expect(body).toEqual({ conversation_id: expect.stringMatching(/./), response: 'Hello, how can I help?' });
});

it('joins several messages of a greeting by a blank line', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('Hello!'), say('How can I help?'), done]));
  expect((await house.ask('create')).body['response']).toBe('Hello!\n\nHow can I help?');
});

it('makes a session that does not stream, with the channel, variant, attributes and language of the request', async () => {
  const agent = scriptedAgent(() => [say('Bonjour'), done]);
  const house = await chatHouse(agent);
  const { status } = await house.ask('create', {
    integration_attributes: { customerTier: 'gold', nested: { snake_case: 1 } },
    variant_id: 'VARIANT-1',
    channel: 'whatsapp',
    asr_lang_code: 'en-GB',
    tts_lang_code: 'fr-fr',
    unknown: 'ignored',
  });
  expect(status).toBe(200);
  expect(agent.session.info).toMatchObject({
    door: 'chat-api',
    account: 'acme',
    project: 'shop',
    connectorId: 'shop-connector',
    agentId: 'ada',
    streaming: false,
    channel: 'whatsapp',
    variantId: 'VARIANT-1',
  });
  expect(agent.session.state.attributes).toEqual({ customerTier: 'gold', nested: { snake_case: 1 } });
  expect(agent.session.state.language).toBe('fr-FR');
});

it('tells the agent attributes and language before it greets', async () => {
  const house = await chatHouse(
    scriptedAgent((_question, { state }) => [say(`${String(state.attributes['name'])} ${state.language}`), done]),
  );
  const { body } = await house.ask('create', { integration_attributes: { name: 'Jo' }, asr_lang_code: 'de-DE' });
  expect(body['response']).toBe('Jo de-DE');
});

it('refuses a variant that the agent has not, and begins nothing', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('Hello'), done]));
  const refused = await house.ask('create', { variant_id: 'VARIANT-2' });
  expect(refused).toMatchObject({ status: 400, body: { error_code: 'CONVERSATIONS_VALIDATION_FAILED' } });
  expect([...house.sessions.loaded]).toEqual([]);
  expect((await house.ask('create', { variant_id: '' })).status).toBe(200);
});

it('takes the channel api where the request names none', async () => {
  const agent = scriptedAgent(() => [done]);
  const house = await chatHouse(agent);
  await house.ask('create', {});
  expect(agent.session.info.channel).toBe('api');
});

it.each([
  ['no JSON', '{'],
  ['an array', '[]'],
  ['another channel', { channel: 'pigeon' }],
  ['attributes that are no object', { integration_attributes: 'gold' }],
])('refuses %s as 400 SCHEMA_VALIDATION_FAILED', async (_what, body) => {
  const house = await chatHouse(scriptedAgent(() => [done]));
  expect(await house.ask('create', body)).toMatchObject({
    status: 400,
    body: { error_code: 'SCHEMA_VALIDATION_FAILED', error: 'Request body failed schema validation.' },
  });
});

it('refuses a language that is none as 400 CONVERSATIONS_VALIDATION_FAILED', async () => {
  const house = await chatHouse(scriptedAgent(() => [done]));
  expect(await house.ask('create', { asr_lang_code: 'not a language' })).toMatchObject({
    status: 400,
    body: { error_code: 'CONVERSATIONS_VALIDATION_FAILED' },
  });
});

it('answers 400 CHAT_DRAFT_NOT_EXIST when the connector has no agent', async () => {
  const house = await chatHouse(
    scriptedAgent(() => [done]),
    { hasAgent: false },
  );
  expect(await house.ask('create')).toMatchObject({
    status: 400,
    body: { error_code: 'CHAT_DRAFT_NOT_EXIST', error: 'The draft you are attempting to chat with does not exist.' },
  });
});

it('answers 500 CHAT_DRAFT_DEPLOYMENT_FAILED when the agent cannot start, and gives the conversation up', async () => {
  const agent = scriptedAgent(() => [fail()]);
  const house = await chatHouse(agent);
  expect(await house.ask('create')).toMatchObject({
    status: 500,
    body: { error_code: 'CHAT_DRAFT_DEPLOYMENT_FAILED' },
  });
  expect(agent.session.state.ended).toMatchObject({ reason: 'REASON_USER_ABANDONED' });
});

it('answers 400 CHAT_TIMEOUT when no greeting comes in time, and gives the conversation up', async () => {
  const agent = scriptedAgent(() => undefined);
  const house = await chatHouse(agent);
  const answer = house.ask('create');
  await agent.held();
  house.time.advance(60_000);
  expect(await answer).toMatchObject({ status: 400, body: { error_code: 'CHAT_TIMEOUT' } });
  expect(agent.session.state.ended).toMatchObject({ reason: 'REASON_USER_ABANDONED' });
});

it('waits for a greeting that takes its time', async () => {
  const agent = scriptedAgent(() => undefined);
  const house = await chatHouse(agent);
  const answer = house.ask('create');
  await agent.held();
  house.time.advance(59_999);
  agent.act(say('Here I am'), done);
  expect((await answer).body['response']).toBe('Here I am');
});

it('answers with the greeting of an agent that says goodbye at once', async () => {
  const house = await chatHouse(scriptedAgent(() => [say('We are closed.'), end]));
  const { status, body } = await house.ask('create');
  expect([status, body['response']]).toEqual([200, 'We are closed.']);
  const { status: gone } = await house.ask('respond', { conversation_id: body['conversation_id'], message: 'Oh' });
  expect(gone).toBe(410);
});

it('answers 429 RATE_LIMITED with the wait when a connector begins too many', async () => {
  const house = await chatHouse(
    scriptedAgent(() => [done]),
    { creations: 1 },
  );
  expect((await house.ask('create')).status).toBe(200);
  expect(await house.ask('create')).toMatchObject({
    status: 429,
    retryAfterSeconds: 7,
    body: { error_code: 'RATE_LIMITED' },
  });
});
