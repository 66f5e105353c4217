// The order of test files: those that take longest begin first, or the others are done and wait for them.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** In their order. They wait more than they compute, so their size doesn't tell. */
const slow = [
  'e2e/desk.test.ts',
  'e2e/call-page.test.ts',
  'e2e/demo-page.test.ts',
  // Speech is understood best while the other browser has little to do.
  'e2e/call.test.ts',
  'test/soak.test.ts',
  'test/restart.test.ts',
  'test/sdk-behaviour/server-kills.test.ts',
  'test/voice/lost-caller.test.ts',
  'test/voice-conversation/ends-of-calls.test.ts',
  'test/voice-desk/taken-calls.test.ts',
  'test/voice-desk/lost-person.test.ts',
  'test/voice-conversation/apologies.test.ts',
  'test/voice-conversation/link.test.ts',
];

/** Puts the slow files in front; the others keep Vitest's order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one.moduleId) - rankOf(other.moduleId));
  }
}

function rankOf(path: string): number {
  const index = slow.findIndex((end) => path.endsWith(end));
  return index < 0 ? slow.length : index;
}
