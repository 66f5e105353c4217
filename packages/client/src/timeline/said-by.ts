// How a message came about: written, or said in a call.
import type { Custom } from '@parley/protocol';

/** How something was said in a call: aloud, or by the keys of the telephone. */
export type SaidBy = 'voice' | 'keys';

/** What the custom data of a message tells of it (voice spec, section 8.3); nothing when it was written. */
export function saidIn(custom: Custom | undefined): { saidBy?: SaidBy } {
  if (custom?.['channel'] !== 'voice') return {};
  return { saidBy: custom['input'] === 'dtmf' ? 'keys' : 'voice' };
}
