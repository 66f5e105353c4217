// Signaling messages and tokens at a whole gateway's socket. The expectations are the protocol's words.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { CallTokens, Connectors, hashToken } from '../../src/identity/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import { callingHouse, connectorToken, offerOf, placeCall, webCallingToken } from './calling-house.ts';
import { offerNamed } from './offers.ts';

const bareOffer = offerNamed('bare-probe');

describe('the signaling socket', () => {
  it('VOX-001 opens without headers, cookies or a subprotocol', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    await line.settle();
  });

  it('VOX-002 carries text frames of one JSON object with strings for type and session, whatever the server says', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    line.send({ type: 'ping', sessionId });
    line.sendRaw('not json');
    line.send(offerOf(bareOffer, { authToken: null }));
    const puppet = await house.agents.puppet(0);
    puppet.host.hangUp('agent_hangup');
    await line.next('close');
    expect([...new Set(line.signals.map(({ type }) => type))].toSorted()).toEqual([
      'answer',
      'close',
      'error',
      'ice-candidate',
      'pong',
    ]);
    expect(line.binaryFrames).toBe(0);
    for (const frame of line.frames) {
      const signal = JSON.parse(frame) as unknown;
      expect(signal).toMatchObject({ type: expect.any(String), sessionId: expect.any(String) });
      expect(signal).not.toBeInstanceOf(Array);
    }
  });

  it('takes frames that are binary but JSON, and says what it thinks of those that aren’t', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.sendRaw(Buffer.from('{"type":"ping","sessionId":"x"}'));
    expect(await line.next('pong')).toEqual({ type: 'pong', sessionId: 'x' });
    line.sendRaw(Buffer.of(0xff, 0xfe, 0x00));
    line.sendRaw(Buffer.of(0x22, 0xff, 0x22), { binary: false });
    await line.settle();
    expect(line.heard.map(({ data }) => data.code as string)).toEqual(['INVALID_MESSAGE', 'INVALID_MESSAGE']);
  });

  it.each([
    ['VOX-003 no JSON', 'not json'],
    ['VOX-004 an array', '[]'],
    ['VOX-004 a number', '42'],
    ['VOX-004 an empty object', '{}'],
    ['VOX-004 a type that is no string', '{"type":7}'],
    ['VOX-005 an unknown type', '{"type":"renegotiate"}'],
    ['VOX-005 an answer of the client', '{"type":"answer","sessionId":"","data":{"type":"answer","sdp":"v=0"}}'],
    ['an error of the client', '{"type":"error","sessionId":"","data":{"code":"X","message":"x"}}'],
    ['nothing', ''],
    ['an array that is nested too deep for a parser', '['.repeat(100_000)],
  ])('answers %s with INVALID_MESSAGE, and stays open', async (_what, frame) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.sendRaw(frame);
    expect(await line.next('error')).toMatchObject({ sessionId: '', data: { code: 'INVALID_MESSAGE' } });
    await line.settle();
  });

  it('answers what it refuses with the session that the client named', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send({ type: 'nonsense', sessionId: 'mine' });
    expect(await line.next('error')).toMatchObject({ sessionId: 'mine' });
  });

  it('VOX-020 answers pings before there is a call, and while there is one', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send({ type: 'ping' });
    expect(await line.next('pong')).toEqual({ type: 'pong', sessionId: '' });
    const { sessionId } = await placeCall(house, {}, { line });
    line.send({ type: 'ping', sessionId });
    expect(await line.next('pong')).toEqual({ type: 'pong', sessionId });
    line.send({ type: 'pong', sessionId });
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
  });

  it('is closed with 1009 by a frame of more than 256 KiB, and takes one that is as large', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    const frame = (bytes: number): string => {
      const empty = JSON.stringify({ type: 'ping', filling: '' }).length;
      return JSON.stringify({ type: 'ping', filling: 'x'.repeat(bytes - empty) });
    };
    line.sendRaw(frame(256 * 1024));
    await line.next('pong');
    line.sendRaw(frame(256 * 1024 + 1));
    expect((await line.closed).code).toBe(1009);
    const other = await house.signaling();
    other.sendRaw('x'.repeat(3 * 1024 * 1024));
    expect((await other.closed).code).toBe(1009);
  });
});

describe('the token of an offer', () => {
  it.each([
    ['VOX-006 absent', {}],
    ['VOX-007 empty', { authToken: '' }],
    ['VOX-007 null', { authToken: null }],
    ['no string', { authToken: 7 }],
    [
      'VOX-008 absent, whatever else is there',
      {
        accountId: 'demo',
        projectId: 'demo',
        agentVersionOverride: { artifactVersion: '1', lambdaDeploymentVersion: '2' },
      },
    ],
  ])('%s: Auth token required', async (_what, members) => {
    const house = await callingHouse();
    const line = await house.signaling();
    const { authToken: _, ...offer } = offerOf(bareOffer);
    line.send({ ...offer, ...members });
    expect(await line.next('error')).toEqual({
      type: 'error',
      sessionId: '',
      data: { code: 'UNAUTHORIZED', message: 'Auth token required' },
    });
    await line.settle();
    expect(line.heard).toHaveLength(1);
  });

  it('VOX-009 VOX-011 when it is unknown is said to be invalid, and a good one on the same socket is answered', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { authToken: 'wrong', sessionId: 'mine' }));
    expect(await line.next('error')).toEqual({
      type: 'error',
      sessionId: 'mine',
      data: { code: 'UNAUTHORIZED', message: 'Invalid authentication token' },
    });
    line.send(offerOf(bareOffer, { authToken: 'wrong', sessionId: null }));
    expect(await line.next('error')).toMatchObject({ sessionId: '' });
    line.send(offerOf(bareOffer));
    await line.next('answer');
  });

  it('VOX-010 is looked at before the SDP', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf('v=0 o=- 1 1', { authToken: 'wrong', mode: 'banana', data: null }));
    expect((await line.next('error')).data.code).toBe('UNAUTHORIZED');
  });

  it.each([
    ['a web-calling token', 'web-calling', webCallingToken],
    ['a connector token', 'connector', connectorToken],
    ['a signed token', 'console', undefined],
  ])('VOX-012 may be %s', async (_what, kind, token) => {
    const house = await callingHouse();
    const authToken = token ?? (await signedToken());
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { authToken, callSid: 'call' }));
    const { sessionId } = await line.next('answer');
    line.send({ type: 'close', sessionId });
    expect(await house.ended('call')).toMatchObject({ tokenKind: kind, connectorId: 'demo', project: 'demo' });
  });

  it('is given three chances on a socket, then the socket is closed with 1008', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    for (let offers = 0; offers < 3; offers += 1) line.send(offerOf(bareOffer, { authToken: 'wrong' }));
    expect((await line.closed).code).toBe(1008);
    expect(line.ofType('error')).toHaveLength(3);
  });

  it('may be wrong twenty times a minute from one address, then its sockets are closed with 1008', async () => {
    const house = await callingHouse();
    const wrong = async (): Promise<number | undefined> => {
      const line = await house.signaling();
      line.send(offerOf(bareOffer, { authToken: 'wrong' }));
      await line.next('error');
      const closed = line.closed.then(({ code }) => code);
      return Promise.race([closed, line.ping().then(() => undefined)]);
    };
    for (let offers = 0; offers < 19; offers += 1) expect(await wrong()).toBeUndefined();
    expect(await wrong()).toBe(1008);
    expect(await wrong()).toBe(1008);
    house.time.skip(60_001);
    expect(await wrong()).toBeUndefined();
  });

  it('doesn’t count against an address when an offer is refused for something else', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    for (let offers = 0; offers < 30; offers += 1) line.send(offerOf(bareOffer, { mode: 'banana' }));
    await line.settle();
    expect(line.ofType('error')).toHaveLength(30);
  });
});

describe('an offer', () => {
  it.each([
    ['VOX-013 empty', { sessionId: '' }],
    ['VOX-013 null', { sessionId: null }],
    ['VOX-013 absent', { sessionId: undefined }],
  ])('begins a call when its session is %s', async (_what, members) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, members));
    await line.next('answer');
  });

  it('VOX-014 VOX-015 may have members that nobody knows, and names that are no numbers', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { caller: 'Polyphone', callee: 'Polyphone', unknown: { a: [1] }, variantId: null }));
    await line.next('answer');
  });

  it.each([
    ['VOX-016 only the artifact', { artifactVersion: '1' }],
    ['VOX-016 only the deployment', { lambdaDeploymentVersion: '1' }],
    ['VOX-016 a text', 'latest'],
    ['one that nobody built', { artifactVersion: '1', lambdaDeploymentVersion: '2' }],
  ])('that asks for a build by %s is answered INVALID_ARGUMENT', async (_what, agentVersionOverride) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { agentVersionOverride }));
    expect((await line.next('error')).data.code).toBe('INVALID_ARGUMENT');
  });

  it.each([
    ['a variant that there isn’t', { variantId: 'nope' }],
    ['a variant that is no text', { variantId: 7 }],
    ['a name for the call of more than 128 characters', { callSid: 'x'.repeat(129) }],
    ['a name for the call that is no text', { callSid: {} }],
  ])('with %s is answered INVALID_ARGUMENT', async (_what, members) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, members));
    expect((await line.next('error')).data.code).toBe('INVALID_ARGUMENT');
  });

  it('VOX-017 for another project than its token’s is answered FORBIDDEN', async () => {
    const house = await callingHouse({
      connectors: [{ id: 'other', project: 'other', webrtcTokens: [hashToken('other-token')] }],
    });
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { projectId: 'other' }));
    expect((await line.next('error')).data).toEqual({ code: 'FORBIDDEN', message: 'Not permitted' });
    line.send(offerOf(bareOffer, { accountId: 'other' }));
    expect((await line.next('error')).data.code).toBe('FORBIDDEN');
    line.send(offerOf(bareOffer, { authToken: 'other-token', projectId: 'other' }));
    await line.next('answer');
  });

  it.each([
    ['VOX-018 no data', { data: undefined }],
    ['VOX-018 data without an SDP', { data: { type: 'offer' } }],
    ['VOX-018 an empty SDP', { data: { type: 'offer', sdp: '' } }],
    ['VOX-018 an answer for data', { data: { type: 'answer', sdp: bareOffer } }],
    ['VOX-019 an SDP on one line', { data: { type: 'offer', sdp: bareOffer.replaceAll('\r\n', ' ') } }],
    ['VOX-019 an SDP that is none', { data: { type: 'offer', sdp: 'hello' } }],
    ['a session that is no text', { sessionId: 7 }],
  ])('with %s is answered INVALID_MESSAGE', async (_what, members) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, members));
    expect((await line.next('error')).data.code).toBe('INVALID_MESSAGE');
    expect((await house.health()).activeSessions).toBe(0);
  });

  it('for a session that never was is answered HANDLER_ERROR', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    const sessionId = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';
    line.send(offerOf(bareOffer, { sessionId }));
    expect(await line.next('error')).toEqual({
      type: 'error',
      sessionId,
      data: { code: 'HANDLER_ERROR', message: 'Session not found' },
    });
  });

  it('of a page from elsewhere is answered FORBIDDEN where the connector looks at that; apps have no page', async () => {
    const house = await callingHouse({
      connectors: [
        {
          id: 'strict',
          webrtcTokens: [hashToken('strict-token')],
          hosts: [{ kind: 'domain', value: 'shop.example' }],
          checkOrigin: true,
        },
      ],
    });
    const answerTo = async (headers: Record<string, string>): Promise<string> => {
      const line = await house.signaling(headers);
      line.send(offerOf(bareOffer, { authToken: 'strict-token' }));
      const { type, data } = await line.next(({ type }) => type === 'answer' || type === 'error');
      return type === 'answer' ? type : (data.code as string);
    };
    expect(await answerTo({ origin: 'https://elsewhere.example' })).toBe('FORBIDDEN');
    expect(await answerTo({ origin: 'https://shop.example' })).toBe('answer');
    expect(await answerTo({})).toBe('answer');
  });
});

/** A token as `parley connector call-token` makes it for the demo connector of the gateways in these tests. */
async function signedToken(): Promise<string> {
  const read = readConfig({ PARLEY_SECRET: 'a secret for tests only, 32 chars' }, { cwd: '/', dryRun: true });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { connectors: configured, secrets } = read.config;
  const clock = { nowMs: () => Date.now() };
  const connectors = new Connectors({ configured, store: createMemoryStore(), clock });
  const tokens = new CallTokens({ secrets, connectors, clock });
  return tokens.mint({ id: 'demo', account: 'demo', project: 'demo' }, { ttlSeconds: 60 });
}
