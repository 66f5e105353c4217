// Numbers that look random and are the same in every run of a test.

/** Answers whole numbers from 0 to below its argument. The same seed gives the same numbers (a 32-bit xorshift). */
export function randomBelow(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
