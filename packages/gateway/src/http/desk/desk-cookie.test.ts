import { describe, expect, it } from 'vitest';
import { signInCookie, signOutCookie, tokenInCookie } from './desk-cookie.ts';

describe('the cookie of a sign-in', () => {
  it('is for the API of the desk alone, and for TLS alone where there is TLS', () => {
    expect(signInCookie('t', { publicUrl: 'https://example.com/talk/', seconds: 60.5 })).toBe(
      'parley_desk=t; Path=/talk/api/v1/desk; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    );
    expect(signInCookie('t', { publicUrl: 'http://127.0.0.1:8080', seconds: 60 })).toBe(
      'parley_desk=t; Path=/api/v1/desk; Max-Age=60; HttpOnly; SameSite=Strict',
    );
  });

  it('is forgotten under the same path', () => {
    expect(signOutCookie('http://localhost')).toBe(
      'parley_desk=; Path=/api/v1/desk; Max-Age=0; HttpOnly; SameSite=Strict',
    );
  });

  it.each([
    ['parley_desk=abc', 'abc'],
    ['a=b; parley_desk=abc; c=d', 'abc'],
    ['parley_desk=', undefined],
    ['not_parley_desk=abc', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is found in %s', (header, token) => {
    expect(tokenInCookie(header)).toBe(token);
  });
});
