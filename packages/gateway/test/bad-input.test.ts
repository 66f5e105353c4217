// Clients that misbehave: each is answered as documented, and nobody else notices.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { isOfType } from './wire-client.ts';

const INVALID = 'Unknown event type or invalid message format';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ limits: { tokensPerMinutePerAddress: 0 } });
});

afterEach(async () => {
  // Whatever the test did, the next one can chat.
  const { client } = await parley.chat();
  client.send('USER_MESSAGE', { text: 'are you well?' });
  await client.next('USER_MESSAGE');
  await client.close();
});

afterAll(() => parley.gateway.close());

/** A bare connection: says what it is told, hears until the other end hangs up. */
function bareSocket(): { socket: Socket; heard: Promise<string> } {
  const socket = connect(parley.port, '127.0.0.1');
  const heard = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
  return { socket, heard };
}

describe('frames that are no event', () => {
  it.each<[string, string | Buffer]>([
    ['no JSON', '{not json'],
    ['a list', '[{"type":"EVENT_TYPE_HEARTBEAT"}]'],
    ['a number', '7'],
    ['null', 'null'],
    ['an empty frame', ''],
    ['no type', '{"payload":{}}'],
    ['a type that is no text', '{"type":{"toString":1}}'],
    ['an unknown type', '{"type":"EVENT_TYPE_NOPE"}'],
    ['a type from the language itself', '{"type":"EVENT_TYPE___PROTO__"}'],
    ['a payload that is no object', '{"type":"EVENT_TYPE_USER_MESSAGE","payload":"text"}'],
    ['a text that is none', '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":{"a":1}}}'],
    ['hopeless nesting', `{"type":"EVENT_TYPE_HEARTBEAT","payload":${'['.repeat(60_000)}${']'.repeat(60_000)}}`],
    [
      'nested custom data',
      `{"type":"EVENT_TYPE_HEARTBEAT","metadata":{"custom":{"a":${'['.repeat(4090)}${']'.repeat(4090)}}}}`,
    ],
    [
      'custom data beyond 4 KiB',
      JSON.stringify({ type: 'EVENT_TYPE_HEARTBEAT', metadata: { custom: { a: 'x'.repeat(5000) } } }),
    ],
    ['a binary frame', Buffer.from('{"type":"EVENT_TYPE_HEARTBEAT"}')],
  ])('are answered: %s', async (_what, frame) => {
    const { client } = await parley.chat();
    await client.next('SESSION_START');
    client.sendRaw(frame);
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal.payload).toEqual({ message: INVALID, level: 'SYSTEM_MESSAGE_LEVEL_ERROR' });
    expect(refusal.sequence).toBeNull();
    await client.settle();
    expect(client.journaled).toHaveLength(1);
    await client.close();
  });

  it('are answered when their text is not UTF-8', async () => {
    const { client } = await parley.chat();
    client.sendRaw(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), { binary: false });
    expect((await client.next('SYSTEM_MESSAGE')).payload.message).toBe(INVALID);
    await client.settle();
    await client.close();
  });

  it('are answered when they are too large, up to a size', async () => {
    const { client } = await parley.chat();
    for (const size of [131_073, 500_000]) {
      client.send('USER_MESSAGE', { text: 'x'.repeat(size) });
      expect((await client.next('SYSTEM_MESSAGE')).payload.message).toBe('Message too large');
    }
    expect(client.journaled).toHaveLength(1);
    await client.close();
  });

  it('close their socket with 1009 beyond a mebibyte, and the session lives on', async () => {
    const { client, sessionId, token } = await parley.chat();
    client.sendRaw('x'.repeat(1_048_577));
    expect((await client.closed).code).toBe(1009);
    const again = await parley.connect({ session_id: sessionId, access_token: token });
    await again.settle();
    await again.close();
  });

  it('in a flood are dropped, with a warning now and then, and the socket stays open', async () => {
    const { client } = await parley.chat();
    for (let index = 0; index < 3_000; index += 1) client.sendRaw('{not json');
    await client.settle();
    const levels = client.events.filter(isOfType('SYSTEM_MESSAGE')).map(({ payload }) => payload.level as string);
    expect(levels.length).toBeLessThan(1_000);
    expect(levels).toContain('SYSTEM_MESSAGE_LEVEL_WARNING');
    await client.close();
  });
});

describe('WebSocket frames that break the protocol below', () => {
  /** A socket right after its handshake, for bytes of one's own. */
  async function handshaken(): Promise<{ socket: Socket; heard: Promise<string> }> {
    const access_token = await parley.accessToken();
    const session_id = await parley.createSession(access_token);
    const { socket, heard } = bareSocket();
    const query = new URLSearchParams({ session_id, access_token }).toString();
    const opened = new Promise<void>((resolve) => socket.once('data', () => resolve()));
    socket.write(
      `GET /ws?${query} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await opened;
    return { socket, heard };
  }

  it.each<[string, number[]]>([
    ['an unmasked frame', [0x81, 0x02, 0x7b, 0x7d]],
    ['reserved bits', [0xf1, 0x82, 1, 2, 3, 4, 0, 0]],
    ['a reserved opcode', [0x83, 0x80, 1, 2, 3, 4]],
    ['a frame of endless length', [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]],
    ['a close code that does not exist', [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed]],
  ])('close their socket: %s', async (_what, bytes) => {
    const { socket, heard } = await handshaken();
    socket.write(Buffer.from(bytes));
    // The close frame of the server, 0x88, comes after the handshake and the replay.
    expect(await heard).toMatch(/^HTTP\/1\.1 101 [\s\S]*\x88/);
  });
});

describe('requests that are no HTTP', () => {
  it.each([
    ['garbage', '\x00\x01\x02\x03\r\n\r\n'],
    ['a method of one’s own', 'BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
    ['a header with a null byte', 'GET / HTTP/1.1\r\nHost: x\r\nX-Token: a\x00b\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header of 100 KiB', `GET / HTTP/1.1\r\nHost: x\r\nX-Token: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['chunks that are none', 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('are answered 400 and cut off: %s', async (_what, text) => {
    const { socket, heard } = bareSocket();
    socket.write(text, 'latin1');
    const answer = await heard;
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toMatch(/"message":"Error parsing request"/);
    expect(answer.toLowerCase()).toContain('x-polyai-correlation-id: ');
    expect(answer).not.toMatch(/node:|\.ts|at /);
  });

  it.each([
    ['no key', ''],
    ['a key that is none', 'Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n'],
    ['a version from long ago', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 1\r\n'],
  ])('are answered 400 when they are no valid handshake: %s', async (_what, headers) => {
    const access_token = await parley.accessToken();
    const session_id = await parley.createSession(access_token);
    const query = new URLSearchParams({ session_id, access_token }).toString();
    const { socket, heard } = bareSocket();
    socket.write(`GET /ws?${query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`);
    expect(await heard).toMatch(/^HTTP\/1\.1 400 [\s\S]*"message":"invalid connection parameters"/);
  });

  it('are taken as requests when they offer HTTP/2 along the way, as some clients always do', async () => {
    const { socket, heard } = bareSocket();
    socket.end('GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"healthy"/);
  });

  it('do no harm when they hang up in the middle', async () => {
    const { socket, heard } = bareSocket();
    const authorization = `Bearer ${await parley.accessToken()}`;
    const head = `POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 100\r\n`;
    await new Promise<void>((resolve) => socket.write(`${head}\r\n{"half":`, () => resolve()));
    socket.destroy();
    await heard;
  });
});
