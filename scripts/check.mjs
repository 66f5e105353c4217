// `npm run check`: every static check; says which failed.
import { checks, failedChecks } from './checks.mjs';
import { ensureDependencies, fail } from './ready.mjs';

ensureDependencies();
const failed = failedChecks(Object.keys(checks));
if (failed.length > 0) fail(`\nFailed: ${failed.join(', ')}`);
console.log('\nAll checks passed.');
