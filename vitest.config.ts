// How the tests run: units in parallel in two workers at most, whole-system tests one file at a time.
import { configDefaults, defineConfig } from 'vitest/config';

/** Calls in real time. Where the machine is busy with something else for a moment, words are lost that no fault lost. */
const spoken = 'packages/gateway/test/voice*/**/*.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
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
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Reported as such; what is broken fails twice.
          retry: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          fileParallelism: false,
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
