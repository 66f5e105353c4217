// Time as the client needs it, so that tests can move it by hand.

/** A wait that can be called off. */
export interface Timer {
  cancel(): void;
}

/** The clock and its alarms. */
export interface Time {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Runs `action` once after `delayMs`. */
  after(delayMs: number, action: () => void): Timer;
}

/** The browser's own time. */
export const systemTime: Time = {
  nowMs: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
