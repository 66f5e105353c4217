import { describe, expect, it } from 'vitest';
import { telephoneAddress, webAddress } from './safe-address.ts';

describe('addresses from outside', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/relative',
    '',
    'JaVaScRiPt:1',
    undefined,
  ])('%s leads nowhere', (text) => {
    expect(webAddress(text)).toBeUndefined();
  });

  it('web addresses are kept', () => {
    expect(webAddress('https://example.com/a?b=1')).toBe('https://example.com/a?b=1');
    expect(webAddress('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080/');
  });

  it('telephone numbers are dialled without their decoration', () => {
    expect(telephoneAddress('+44 (20) 7123-4567')).toBe('tel:+442071234567');
    expect(telephoneAddress('*100#')).toBe('tel:*100%23');
    expect(telephoneAddress('call me')).toBeUndefined();
  });
});
