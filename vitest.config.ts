// How the tests run: four groups, one after the other, each with as many workers as two cores bear.
import { configDefaults, defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/slow-first.ts';

/** Calls in real time. Where the machine is busy with something else for a moment, words are lost that no fault lost. */
const spoken = 'packages/gateway/test/voice*/**/*.test.ts';
/** The words that a bad network costs are counted, so these calls have the machine for themselves. */
const impaired = 'packages/gateway/test/voice-impairment/*.test.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          maxWorkers: 3,
          // Files share their workers: loading the same modules 300 times over takes as long as all the tests. Whatever
          // a test begins it ends, and what it needs it is given, so they don't meet.
          isolate: false,
          // Machines are small and shared; whoever hangs is found as well a little later.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          include: ['*.test.ts', 'packages/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...configDefaults.exclude, spoken],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'spoken',
          include: [spoken],
          exclude: [...configDefaults.exclude, impaired],
          // They wait more than they work.
          maxWorkers: 4,
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Reported as such; what is broken fails twice.
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'impaired',
          include: [impaired],
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          retry: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          maxWorkers: 2,
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
