// Collects the keys a caller presses into one input (voice spec, section 11.5).
import type { Timer, Timers } from '../../kit/index.ts';

/**
 * How long the next key is waited for. A single key is mostly the choice from a menu and wants a quick answer; who has
 * pressed two is dictating a number and may look it up.
 */
const AFTER_FIRST_KEY_MS = 700;
const AFTER_MORE_KEYS_MS = 2_000;
const FINISHING_KEY = '#';
const MAX_KEYS = 32;

/** Collects keys. */
export interface ToneCollector {
  /** One of `0`–`9`, `*`, `#`, `A`–`D`. `#` finishes and isn't part of the input, unless it is all of it. */
  press(key: string): void;
  readonly isCollecting: boolean;
  close(): void;
}

/** Creates a collector; `collected` is given every input when it is complete. */
export function createToneCollector(timers: Timers, collected: (keys: string) => void): ToneCollector {
  let keys = '';
  let wait: Timer | undefined;

  function finish(): void {
    wait?.cancel();
    const input = keys;
    keys = '';
    collected(input);
  }

  return {
    press(key) {
      wait?.cancel();
      if (key !== FINISHING_KEY || keys === '') keys += key;
      if (key === FINISHING_KEY || keys.length >= MAX_KEYS) finish();
      else wait = timers.after(keys.length === 1 ? AFTER_FIRST_KEY_MS : AFTER_MORE_KEYS_MS, finish);
    },
    get isCollecting() {
      return keys !== '';
    },
    close() {
      wait?.cancel();
      keys = '';
    },
  };
}
