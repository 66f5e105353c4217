import { expect, it } from 'vitest';
import { defaultQueue } from './handoff.ts';

it('a user who waits again is promised no place: several may be given back at once', () => {
  const { requeuedMessage } = defaultQueue('general');
  expect(requeuedMessage).toContain('wait');
  expect(requeuedMessage).not.toMatch(/next|first|line|place/i);
});
