import { expect, it } from 'vitest';
import { FakeTime, silentLog } from '../../kit/index.ts';
import { toolsInTime } from './agent-tools.ts';
import type { AgentTool } from './agent-tools.ts';

const tool: AgentTool = { name: 'weather', description: '', parameters: {}, run: async () => ({ output: '' }) };

it('takes the tools that come in time', async () => {
  expect(await toolsInTime(Promise.resolve([tool]), { timers: new FakeTime(), log: silentLog })).toEqual([tool]);
});

it('does without tools that are too long in coming, or cannot be had', async () => {
  const time = new FakeTime();
  const parts = { timers: time, log: silentLog };
  const late = toolsInTime(new Promise<AgentTool[]>(() => {}), parts);
  time.advance(5_000);
  expect(await late).toEqual([]);
  expect(await toolsInTime(Promise.reject(new Error('gone')), parts)).toEqual([]);
});
