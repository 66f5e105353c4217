// A process that crashes in mid-call: what is left for whoever talked with it.
import { afterEach, expect, it } from 'vitest';
import { clientOf } from '../driver.ts';
import { dataFolder } from '../parley-process.ts';
import { ring } from './speaking-caller.ts';
import { newCallSid } from './telephone-house.ts';

const folder = dataFolder();

afterEach(() => folder.remove());

it('a conversation whose call was lost in a crash is over, and can still be read', { timeout: 30_000 }, async () => {
  const first = folder.start();
  const url = await first.url;
  const { client: chat, sessionId, token } = await clientOf(url).chat();
  await chat.next('SESSION_START');
  const callSid = newCallSid();
  chat.send('LINK_TO_WEBRTC_CONVERSATION', { call_sid: callSid });
  await chat.settle();
  const { native } = await ring(url, { offer: { callSid } });
  await chat.next('POLY_AGENT_JOINED');
  first.kill('SIGKILL');
  await first.exit;
  native.close();

  const second = folder.start();
  const again = await clientOf(await second.url).connect({ session_id: sessionId, access_token: token, cursor: '0' });
  expect((await again.next('SESSION_END')).payload).toEqual({ reason: 'REASON_NATURAL_END' });
  expect(again.types).toEqual(['SESSION_START', 'POLY_AGENT_JOINED', 'POLY_AGENT_LEFT', 'SESSION_END']);
});
