// Time as a part: whoever waits or looks at the clock gets these passed in.

/** Tells the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** A wait that can be called off. */
export interface Timer {
  cancel(): void;
}

/** Runs something later. */
export interface Timers {
  /** Runs `action` once after `delayMs`. */
  after(delayMs: number, action: () => void): Timer;
  /** Runs `action` again and again, `intervalMs` apart. */
  every(intervalMs: number, action: () => void): Timer;
}

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** The machine's timers. They don't keep the process alive. */
export const systemTimers: Timers = {
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  every(intervalMs, action) {
    const timer = setInterval(action, intervalMs);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
};
