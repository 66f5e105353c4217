import { describe, expect, it } from 'vitest';
import { createCallLinks } from './call-links.ts';

const one = { id: 'one', account: 'acme', project: 'shop' };
const two = { ...one, id: 'two' };
const call = { account: 'acme', project: 'shop', callSid: 'A' };

describe('the book of links', () => {
  it('gives a call to the session that asks first, once', () => {
    const links = createCallLinks();
    expect([links.ask(one, 'A'), links.ask(one, 'A'), links.ask(two, 'A')]).toEqual(['new', 'known', 'taken']);
    expect(links.sessionOf(call)).toBe('one');
  });

  it('VOX-117 VOX-118 keeps projects and spellings apart', () => {
    const links = createCallLinks();
    links.ask(one, 'A');
    expect(links.ask({ ...two, project: 'other' }, 'A')).toBe('new');
    expect(links.sessionOf(call)).toBe('one');
    expect(links.sessionOf({ ...call, callSid: 'a' })).toBeUndefined();
  });

  it('lets go of a call when its session asks for another, or is over', () => {
    const links = createCallLinks();
    links.ask(one, 'A');
    links.ask(one, 'B');
    expect(links.ask(two, 'A')).toBe('new');
    links.forget(two);
    expect(links.sessionOf(call)).toBeUndefined();
  });

  it('keeps the link of the first when the second is over', () => {
    const links = createCallLinks();
    links.ask(one, 'A');
    links.ask(two, 'A');
    links.forget(two);
    expect(links.sessionOf(call)).toBe('one');
  });
});
