import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './own-origin.ts';

describe('an origin', () => {
  it.each([
    ['https://desk.example.com', 'desk.example.com', 'https://desk.example.com/talk'],
    ['https://desk.example.com', 'inside:8080', 'https://desk.example.com'],
    ['http://localhost:8080', 'localhost:8080', 'http://127.0.0.1:8080'],
    ['https://behind-a-proxy.example.com', 'behind-a-proxy.example.com', 'http://127.0.0.1:8080'],
  ])('%s is our own, asked as %s, served at %s', (origin, host, publicUrl) => {
    expect(isOwnOrigin({ origin, host }, publicUrl)).toBe(true);
  });

  it.each([
    ['https://evil.example.com', 'desk.example.com', 'https://desk.example.com'],
    ['http://desk.example.com', 'desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com:8443', 'desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com.evil.example', 'desk.example.com', 'https://desk.example.com'],
    ['null', 'desk.example.com', 'https://desk.example.com'],
    ['', '', 'https://desk.example.com'],
    [undefined, 'desk.example.com', 'https://desk.example.com'],
  ])('%s is not, asked as %s, served at %s', (origin, host, publicUrl) => {
    expect(isOwnOrigin({ origin, host }, publicUrl)).toBe(false);
  });
});
