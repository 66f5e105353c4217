// `npm test`: makes the clone ready, runs the static checks and every test on Node 24,
// and ends with one plain line, `N passed, N failed`, over all of them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failedChecks } from './checks.mjs';
import { ensureDependencies, ensurePages, env24, run } from './ready.mjs';
import { ensureTestTools } from './test-tools.mjs';

const deadlineMs = 15 * 60_000;
const checkNames = ['format', 'lint', 'types'];

ensureDependencies();
const chromium = ensureTestTools();
ensurePages();

const failedNames = failedChecks(checkNames);
const tests = runTests();
const passed = tests.passed + checkNames.length - failedNames.length;
const failed = tests.failed + failedNames.length;
if (failedNames.length > 0) console.log(`Failed checks: ${failedNames.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const outputFile = join(folder, 'results.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  console.log();
  const code = run('vitest', args, { env: { ...env24, CHROMIUM_PATH: chromium }, timeout: deadlineMs });
  const totals = existsSync(outputFile)
    ? countTests(JSON.parse(readFileSync(outputFile, 'utf8')))
    : { passed: 0, failed: 0 };
  rmSync(folder, { recursive: true });
  // What fails outside any test (no test found, an unhandled error, a crash, the deadline) counts as one.
  const unexplained = totals.failed === 0 && (code !== 0 || totals.passed === 0);
  return unexplained ? { ...totals, failed: 1 } : totals;
}

// A file that fails before its first test (a syntax error, say) has no tests to count: it is one failure.
function countTests({ numPassedTests, numFailedTests, testResults }) {
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && !hasFailedTest(file));
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
}

function hasFailedTest(file) {
  return file.assertionResults.some((test) => test.status === 'failed');
}
