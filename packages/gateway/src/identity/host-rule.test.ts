import { describe, expect, it } from 'vitest';
import type { Host } from './host-rule.ts';
import { hostMatches, originMatches } from './host-rule.ts';

const domain = (value: string): Host => ({ kind: 'domain', value });
const app = (value: string): Host => ({ kind: 'app', value });

describe('domains', () => {
  it.each([
    ['yourcompany.com'],
    ['app.yourcompany.com'],
    ['a.b.yourcompany.com'],
    ['https://app.yourcompany.com/'],
    ['https://user:word@app.yourcompany.com:8443/path?query#fragment'],
    ['APP.YourCompany.COM'],
    ['HTTPS://YOURCOMPANY.COM'],
    ['  yourcompany.com.  '],
  ])('MSG-009 yourcompany.com accepts %s', (presented) => {
    expect(hostMatches(presented, [domain('yourcompany.com')])).toBe(true);
  });

  it.each([
    ['evilyourcompany.com'],
    ['yourcompany.com.evil.test'],
    ['yourcompany.co'],
    ['com'],
    ['yourcompany.com@evil.test'],
    ['https://evil.test/yourcompany.com'],
    ['https://evil.test\\.yourcompany.com'],
    ['evil.test,.yourcompany.com'],
    ['evil.test .yourcompany.com'],
    ['.yourcompany.com'],
    ['https://'],
    [''],
  ])('MSG-010 yourcompany.com rejects %j', (presented) => {
    expect(hostMatches(presented, [domain('yourcompany.com')])).toBe(false);
  });

  it('MSG-010 a registered sub-domain rejects its parent', () => {
    expect(hostMatches('yourcompany.com', [domain('www.yourcompany.com')])).toBe(false);
  });

  it.each([
    ['https://Example.com/', 'shop.example.com', true],
    ['bücher.example', 'https://shop.xn--bcher-kva.example', true],
    ['xn--bcher-kva.example', 'BÜCHER.example', true],
    ['localhost', 'http://localhost:3000', true],
    ['localhost:3000', 'http://localhost:3000', true],
    ['localhost:3000', 'http://localhost:3001', false],
    ['localhost:3000', 'localhost', false],
    ['example.com:8443', 'app.example.com:8443', true],
    ['example.com:443', 'https://example.com', true],
    ['example.com:80', 'https://example.com', false],
    ['https://example.com', 'example.com', true],
    ['127.0.0.1', 'http://127.0.0.1:8080', true],
    ['0.0.1', '127.0.0.1', false],
    ['[::1]', 'http://[::1]:8080', true],
    ['', '', false],
    ['not a domain', 'not a domain', false],
  ])('%s registered, %s presented: %s', (registered, presented, expected) => {
    expect(hostMatches(presented, [domain(registered)])).toBe(expected);
  });
});

describe('app namespaces', () => {
  it('MSG-011 a namespace accepts the identical string', () => {
    expect(hostMatches('com.example.app', [app('com.example.app')])).toBe(true);
  });

  it.each([
    ['com.example.App'],
    ['com.example.app.debug'],
    ['beta.com.example.app'],
    ['com.example'],
    ['https://com.example.app'],
    [' com.example.app'],
  ])('MSG-011 com.example.app rejects %j', (presented) => {
    expect(hostMatches(presented, [app('com.example.app')])).toBe(false);
  });
});

it('any of several hosts passes', () => {
  const hosts = [domain('example.com'), app('com.example.app')];
  expect(hostMatches('www.example.com', hosts)).toBe(true);
  expect(hostMatches('com.example.app', hosts)).toBe(true);
  expect(hostMatches('example.org', hosts)).toBe(false);
  expect(hostMatches('example.com', [])).toBe(false);
});

describe('origins', () => {
  it.each([
    ['https://www.example.com', true],
    ['https://evil.test', false],
    ['null', false],
    [undefined, true],
  ])('a connector that checks origins meets %s: %s', (origin, expected) => {
    expect(originMatches(origin, { hosts: [domain('example.com')], checkOrigin: true })).toBe(expected);
  });

  it('any origin passes where they are not checked, or where only apps are registered', () => {
    expect(originMatches('https://evil.test', { hosts: [domain('example.com')], checkOrigin: false })).toBe(true);
    expect(originMatches('https://evil.test', { hosts: [app('com.example.app')], checkOrigin: true })).toBe(true);
  });
});
