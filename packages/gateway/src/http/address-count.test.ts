import { describe, expect, it } from 'vitest';
import { AddressCount } from './address-count.ts';

describe('AddressCount', () => {
  it('refuses what is beyond the limit of one address, and no other', () => {
    const open = new AddressCount(2);
    expect([open.add('a'), open.add('a'), open.add('a'), open.add('b')]).toEqual([true, true, false, true]);
  });

  it('lets in as many as left', () => {
    const open = new AddressCount(1);
    open.add('a');
    open.remove('a');
    expect([open.add('a'), open.add('a')]).toEqual([true, false]);
  });

  it('has no limit when the limit is 0', () => {
    const open = new AddressCount(0);
    expect(Array.from({ length: 1000 }, () => open.add('a'))).not.toContain(false);
  });
});
