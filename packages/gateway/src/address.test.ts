import { describe, expect, it } from 'vitest';
import { addressOf } from './address.ts';

const server = { host: '127.0.0.1', port: 0, trustProxy: 0, drainSeconds: 10 };

describe('addressOf', () => {
  it.each([
    [server, 'http://127.0.0.1:8080'],
    [{ ...server, host: '0.0.0.0' }, 'http://127.0.0.1:8080'],
    [{ ...server, host: '::' }, 'http://127.0.0.1:8080'],
    [{ ...server, host: '::1' }, 'http://[::1]:8080'],
    [{ ...server, tls: { cert: 'c', key: 'k' } }, 'https://127.0.0.1:8080'],
    [{ ...server, publicUrl: 'https://talk.example.com' }, 'https://talk.example.com'],
  ])('of %o is %s', (given, address) => {
    expect(addressOf({ server: given }, 8080)).toBe(address);
  });
});
