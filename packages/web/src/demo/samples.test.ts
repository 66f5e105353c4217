import { describe, expect, it } from 'vitest';
import { restBase, samples, socketAddress } from './samples.ts';

const endpoint = { baseUrl: 'https://chat.example', token: 'ct_1', host: 'shop.example' };

describe('samples', () => {
  it('the addresses are those the SDKs want', () => {
    expect(restBase(endpoint)).toBe('https://chat.example/api/v1');
    expect(socketAddress(endpoint)).toBe('wss://chat.example/ws');
  });

  it('every sample speaks to this server', () => {
    for (const { code } of samples(endpoint))
      expect(code).toMatch(/https:\/\/chat\.example\/api\/v1|wss:\/\/chat\.example\/ws/);
  });

  it('the JavaScript sample is JavaScript, with the token and the host', () => {
    const code = samples(endpoint).find((sample) => sample.id === 'javascript')?.code ?? '';
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    expect(() => new AsyncFunction(code)).not.toThrow();
    expect(code).toContain("'ct_1'");
    expect(code).toContain("'shop.example'");
  });
});
