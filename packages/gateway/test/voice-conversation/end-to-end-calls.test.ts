// Whole calls in end-to-end mode: a caller who speaks over RTP, the gateway, and a realtime server at its other end.
import { describe, expect, it } from 'vitest';
import type { ChatAgent } from '../../src/agents/index.ts';
import type { TestSettings } from '../driver.ts';
import { startRealtimeServer } from '../realtime-server/realtime-server.ts';
import type { RealtimeServer } from '../realtime-server/realtime-server.ts';
import type { ServerScript } from '../realtime-server/server-script.ts';
import { ring } from './speaking-caller.ts';
import { newCallSid, openHouse, soundMs, until } from './telephone-house.ts';
import type { TelephoneHouse } from './telephone-house.ts';

const brief = { timeout: 60_000 };
const story = { text: 'Once upon a time there was a small lighthouse at the end of a long pier.', audioMs: 20_000 };

/** A house whose agent is a model, for one scene. */
async function withModel(
  script: Partial<ServerScript>,
  scene: (house: TelephoneHouse, server: RealtimeServer) => Promise<void>,
  { agentVoice, ...settings }: TestSettings = {},
): Promise<void> {
  const server = await startRealtimeServer(script);
  const endToEnd = { provider: 'openai-realtime', model: 'm', baseUrl: server.url, apiKey: 'key' } as const;
  const house = await openHouse({ agentVoice: { greeting: false, endToEnd, ...agentVoice }, ...settings });
  try {
    await scene(house, server);
  } finally {
    await house.close();
    await server.close();
  }
}

const endToEnd = { offer: { mode: 'end-to-end' } };

describe.concurrent('a call to a model', brief, () => {
  it('is greeted, understood and answered; both sides’ words stand on the linked session in their order', async () => {
    const replies = ['Hello, this is Ada.', 'From nine to six.'];
    const script = {
      reply: ({ index }) => ({ text: replies[index] }),
      recognise: () => ({ text: 'When are you open?' }),
    } satisfies Partial<ServerScript>;
    await withModel(
      script,
      async (house) => {
        const caller = await house.linkedCall(endToEnd);
        await caller.nextSound();
        await caller.agentSays('this is Ada');
        const said = await caller.say('When are you open?');
        const answer = await caller.nextSound();
        await caller.agentSays('From nine to six.');
        expect(answer.atMs).toBeGreaterThan(said.lastMs);
        caller.hangUp();
        await caller.chat.next('SESSION_END');
        expect(caller.chat.types.filter((type) => type !== 'POLY_AGENT_THINKING')).toEqual([
          'SESSION_START',
          'POLY_AGENT_JOINED',
          'POLY_AGENT_MESSAGE',
          'USER_MESSAGE',
          'POLY_AGENT_MESSAGE',
          'POLY_AGENT_LEFT',
          'SESSION_END',
        ]);
        expect(await house.ended(caller.callSid)).toMatchObject({ mode: 'end-to-end', outcome: 'user_close' });
      },
      { agentVoice: { greeting: true } },
    );
  });

  it('VOX-093 VOX-094 VOX-101 that is interrupted falls silent: what was heard is truncated, the rest isn’t played or done', async () => {
    const tool = { name: 'hand_off', arguments: { reason: 'COMPLEX_QUERY' } };
    const script: Partial<ServerScript> = {
      reply: ({ index }) =>
        index === 0 ? { ...story, stop: { afterMs: 10_000 }, calls: [tool] } : { text: 'All right.' },
    };
    await withModel(script, async (house, server) => {
      const caller = await house.linkedCall(endToEnd);
      const upstream = await server.session(0);
      await caller.chat.next('POLY_AGENT_JOINED');
      await caller.say('Tell me a story');
      await caller.nextSound();
      const from = caller.heard.length - 1;
      await until(() => soundMs(caller.heard.slice(from)) > 4_000);
      const speech = caller.say('I would rather hear something else, thank you very much');
      const truncate = await upstream.next('conversation.item.truncate');
      const truncatedMs = performance.now();
      const heardMs = soundMs(caller.heard.slice(from));
      expect(truncate.item_id).toMatch(/^item_/);
      expect(Math.abs(truncate.audio_end_ms - heardMs)).toBeLessThan(150);
      expect(upstream.errors).toEqual([]);

      const late = { response_id: upstream.responseIds[0] ?? '', item_id: truncate.item_id, output_index: 0 };
      const delta = Buffer.alloc(48_000, 0x20).toString('base64');
      upstream.send({ type: 'response.output_audio.delta', ...late, content_index: 0, delta });
      const { lastMs } = await speech;
      const soundsAfter = caller.heard.filter(
        ({ atMs, isSound }) => isSound && atMs > truncatedMs + 60 && atMs < lastMs,
      );
      expect(soundsAfter).toEqual([]);
      await caller.agentSays('All right.');
      expect(caller.chat.types).not.toContain('POLY_AGENT_TRIGGERED_HANDOFF');
      const told = caller.chat.events.find(({ payload }) => String(payload.text).startsWith('Once'));
      expect(told?.payload.text.length).toBeLessThan(story.text.length / 2);
    });
  });

  it('has the tools that the agent has in the chat', async () => {
    const demo: ChatAgent = {
      async *respond() {},
      lendTools: async () => [
        {
          name: 'sky_weather',
          description: 'Tells the weather.',
          parameters: { type: 'object' },
          use: async (input) => `It is sunny in ${(input as { city: string }).city}.`,
        },
      ],
    };
    const tool = { name: 'sky_weather', arguments: { city: 'Rome' } };
    const script: Partial<ServerScript> = {
      reply: ({ index }) => (index === 0 ? { calls: [tool] } : { text: 'Take a hat.' }),
    };
    await withModel(
      script,
      async (house, server) => {
        const caller = await house.linkedCall(endToEnd);
        const upstream = await server.session(0);
        await caller.chat.next('POLY_AGENT_JOINED');
        await caller.say('What is the weather like?');
        const { item } = await upstream.next('conversation.item.create');
        expect(item).toMatchObject({ type: 'function_call_output', output: 'It is sunny in Rome.' });
        await caller.agentSays('Take a hat.');
      },
      { agents: { demo } },
    );
  });

  it('VOX-100 that the model refuses is told so once, and is over', async () => {
    await withModel({}, async (house, server) => {
      server.welcome = 401;
      const callSid = newCallSid();
      const { chat } = await house.linkedChat(callSid);
      const { line, native, sessionId } = await ring(house.url, { offer: { mode: 'end-to-end', callSid } });
      expect(await line.next('error')).toMatchObject({ sessionId, data: { code: 'AGENT_FAILURE' } });
      await line.closed;
      expect(line.ofType('error')).toHaveLength(1);
      native.close();
      await chat.next('SESSION_END');
      expect(await (await fetch(`${house.url}/health`)).json()).toMatchObject({ activeSessions: 0 });
      expect((await house.ended(callSid)).outcome).toBe('agent_failure');
    });
  });
});
