// The static checks: each is one command that prints what it finds and exits with 0 when all is well.
import { run } from './ready.mjs';

/** Every check by name, cheapest first. */
export const checks = {
  format: ['oxfmt', '--check'],
  lint: ['oxlint', '--type-aware'],
  types: ['tsc', '-b', '--force'],
  arrows: ['vitest', 'run', 'architecture.test.ts'],
  knip: ['knip', '--no-progress'],
};

/** Runs the named checks and returns the names of those that failed. */
export function failedChecks(names) {
  return names.filter((name) => {
    const [command, ...args] = checks[name];
    console.log(`\n${name}: ${checks[name].join(' ')}`);
    return run(command, args) !== 0;
  });
}
