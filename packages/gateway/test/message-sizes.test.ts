// How large a message may be, to the byte.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

const LARGEST_TEXT = 131_072;
const LARGEST_FRAME = 135_168;

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

/** A frame of exactly so many bytes, padded where nobody looks. */
function frameOf(bytes: number): string {
  const frame = (padding: string): string =>
    JSON.stringify({ type: 'EVENT_TYPE_USER_MESSAGE', payload: { text: 'small' }, padding });
  return frame('x'.repeat(bytes - frame('').length));
}

/** JSON in ASCII, as some languages write it unless told otherwise. */
function asciiOnly(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe('a message', () => {
  it.each([
    ['one byte each', 'x'.repeat(LARGEST_TEXT)],
    ['two bytes each', 'é'.repeat(LARGEST_TEXT / 2)],
    ['four bytes each', '🎺'.repeat(LARGEST_TEXT / 4)],
  ])('MSG-063 may have 131072 bytes of text and comes back whole, as it does in a replay: %s', async (_what, text) => {
    const { client, sessionId, token } = await parley.chat();
    client.send('USER_MESSAGE', { text }, { local_id: '5E0C7C4B-6D0E-4E8E-A1B5-1D7E3F0C9A11' });
    const echo = await client.next('USER_MESSAGE');
    expect(echo.payload.text).toBe(text);
    const again = await parley.connect({ session_id: sessionId, access_token: token });
    expect(await again.next('USER_MESSAGE')).toEqual(echo);
    await client.close();
    await again.close();
  });

  it.each([
    ['one byte each', `${'x'.repeat(LARGEST_TEXT)}x`],
    ['two bytes each', `${'é'.repeat(LARGEST_TEXT / 2)}x`],
    ['four bytes each', `${'🎺'.repeat(LARGEST_TEXT / 4)}x`],
  ])('MSG-063 of one byte more is not echoed, not kept, and its sender is told: %s', async (_what, text) => {
    const { client } = await parley.chat();
    client.send('USER_MESSAGE', { text }, { local_id: 'L1' });
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal.payload).toEqual({ message: 'Message too large', level: 'SYSTEM_MESSAGE_LEVEL_ERROR' });
    expect(refusal.metadata).toEqual({ custom: { local_id: 'L1' } });
    await client.settle();
    expect(client.journaled).toHaveLength(1);
    await client.close();
  });

  it.each([
    ['quotes and line ends', '"\n\\\t'.repeat(LARGEST_TEXT / 4), (json: string) => json],
    ['every character as a number', 'é🎺 x'.repeat(LARGEST_TEXT / 8), asciiOnly],
  ])('MSG-063 counts the text, not how its JSON spells it: %s', async (_what, text, spelled) => {
    expect(Buffer.byteLength(text)).toBe(LARGEST_TEXT);
    const frame = (longer: string): string =>
      spelled(JSON.stringify({ type: 'EVENT_TYPE_USER_MESSAGE', payload: { text: longer } }));
    expect(Buffer.byteLength(frame(text))).toBeGreaterThan(LARGEST_FRAME);
    const { client } = await parley.chat();
    client.sendRaw(frame(text));
    expect((await client.next('USER_MESSAGE')).payload.text).toBe(text);
    client.sendRaw(frame(`${text}x`));
    await client.next(({ payload }) => payload.message === 'Message too large');
    expect(client.journaled).toHaveLength(2);
    await client.close();
  });

  it('that is far too large is refused with its custom data, too', async () => {
    const { client } = await parley.chat();
    client.send('USER_MESSAGE', { text: 'x'.repeat(500_000) }, { local_id: 'L1' });
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal.payload.message).toBe('Message too large');
    expect(refusal.metadata).toEqual({ custom: { local_id: 'L1' } });
    await client.close();
  });

  it('may come in a frame of 135168 bytes, and in none of one more', async () => {
    const { client } = await parley.chat();
    client.sendRaw(frameOf(LARGEST_FRAME));
    await client.next('USER_MESSAGE');
    client.sendRaw(frameOf(LARGEST_FRAME + 1));
    const tooLarge = ({ payload }: { payload: { message?: string } }): boolean =>
      payload.message === 'Message too large';
    await client.next(tooLarge);
    await client.settle();
    expect(client.journaled).toHaveLength(2);
    await client.close();
  });

  it('closes its socket in a frame beyond a mebibyte, and in none before', async () => {
    const { client } = await parley.chat();
    client.sendRaw('x'.repeat(1_048_576));
    expect((await client.next('SYSTEM_MESSAGE')).payload.message).toBe('Message too large');
    client.sendRaw('x'.repeat(1_048_577));
    expect((await client.closed).code).toBe(1009);
  });
});
