// The server goes away under the SDKs again and again, killed or told to, at moments of chance: their users lose nothing
// but time.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dataFolder } from '../parley-process.ts';
import type { DataFolder, ParleyProcess } from '../parley-process.ts';
import { randomBelow } from './random.ts';
import { SdkClient } from './sdk-client.ts';
import type { SdkSession } from './sdk-rest.ts';
import { journalOf, saidBy, saidIn, saidOn } from './transcript.ts';

// Starting a process takes a second on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const folders: DataFolder[] = [];
const clients: SdkClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.stop();
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

describe('a server that goes away', () => {
  it.each([1, 2])(
    'MSG-106 again and again (%i) is the same server to the SDKs: one greeting, no loss, no double',
    async (seed) => {
      const below = randomBelow(seed);
      const folder = dataFolder();
      folders.push(folder);
      let parley: ParleyProcess = folder.start();
      const url = await parley.url;
      const apps = await Promise.all(
        (['ios', 'android', 'ios', 'android'] as const).map((each) => SdkClient.start(url, each)),
      );
      clients.push(...apps);

      for (let round = 0; round < 4; round += 1) {
        const text = round === 1 ? 'Tell me a long story' : `round ${round}. There is more. And more.`;
        for (const app of apps) app.say(text);
        // Somewhere in the greetings, the echoes or the answers.
        const [watched] = apps;
        const heard = (watched?.chat.cursor ?? 0) + below(4);
        await watched?.until(({ chat }) => chat.cursor >= heard);
        parley.kill(round === 2 ? 'SIGTERM' : 'SIGKILL');
        await parley.exit;
        parley = folder.start({ PORT: new URL(url).port });
        await parley.url;
        await Promise.all(apps.map((app) => app.until(({ isOpen }) => isOpen)));
      }

      for (const app of apps) {
        app.say('the last one');
        await app.until(({ chat }) =>
          chat.bubbles.some(({ state, text }) => state === 'sent' && /^You wrote: .*one$/s.test(text)),
        );
        const journal = await journalOf(url, app.session as SdkSession);
        expect(saidBy(saidOn(app.chat.bubbles))).toEqual(saidBy(saidIn(journal)));
        expect(journal.filter(({ type }) => type === 'EVENT_TYPE_POLY_AGENT_JOINED')).toHaveLength(1);
        expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
        const { agent = [] } = saidBy(saidIn(journal));
        expect(agent.filter((line) => line.startsWith('agent: Hello'))).toHaveLength(1);
        // No two messages were the same, so no two answers are.
        expect(new Set(agent).size).toBe(agent.length);
        expect(app.sessions).toBe(1);
        expect(app.terminal).toBeUndefined();
      }
    },
  );
});
