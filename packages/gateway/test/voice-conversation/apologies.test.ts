// Calls whose services or agent fail for good: the caller hears an apology. With real audio, and local speech.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { callTo } from './telephone-house.ts';

describe('a call', { timeout: 60_000 }, () => {
  it('whose recogniser fails for good ends with a spoken apology, not with an error', async () => {
    const refusing = createServer((request, response) => {
      request.resume();
      response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/v1`;
    const stt = { provider: 'openai', baseUrl, apiKey: 'key' } as const;
    await callTo({ traditional: { stt, tts: { provider: 'local' } } }, async (caller, house) => {
      await caller.agentSays('What would you like to try?');
      await caller.say('opening hours');
      const before = caller.heard.length;
      await caller.agentSays("I'm sorry, something went wrong.");
      await caller.line.next('close');
      expect(caller.heard.slice(before).some(({ isSound }) => isSound)).toBe(true);
      expect(caller.line.ofType('error')).toEqual([]);
      expect((await house.ended(caller.callSid)).outcome).toBe('agent_failure');
    });
    refusing.close();
  });

  it('whose agent fails to answer goes on after an apology', async () => {
    await callTo({ greeting: false }, async (caller) => {
      await caller.say('Simulate an error');
      await caller.isUnderstood('simulate an error');
      await caller.agentSays("I'm sorry, something went wrong.");
      await caller.say('opening hours');
      await caller.agentSays('We are open from Monday to Friday');
    });
  });
});
