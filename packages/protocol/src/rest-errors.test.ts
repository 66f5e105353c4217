import { describe, expect, it } from 'vitest';
import { encodeRestError, errorBodySchema, restErrors, restErrorText } from './rest-errors.ts';

describe('errors of REST', () => {
  it('have their exact texts', () => {
    const texts = Object.values(restErrors).map(({ status, text }) => `${status} ${text}`);
    expect(texts).toEqual(
      expect.arrayContaining([
        '401 Missing authentication headers',
        '401 Connector token does not exist',
        '401 Connector missing host domain',
        '401 Failed to validate connector',
        '429 Rate limit exceeded',
        '500 Failed to create access token',
        '400 Missing access token',
        '401 Invalid access token',
        '400 Error parsing request',
        '400 Unable to get agent details from connector service',
        '500 Failed to create session',
        '400 invalid connection parameters',
        '401 authentication failed',
        '404 session not found',
        '429 connection limit exceeded for session',
      ]),
    );
  });

  it('have codes of their own', () => {
    const codes = Object.values(restErrors).map((error) => error.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(Object.entries(restErrors))('MSG-013 are told in every form clients look for: %s', (_, error) => {
    const body = JSON.parse(encodeRestError(error, { errorId: 'c1' }));
    expect(body).toEqual({
      success: false,
      error: error.text,
      message: error.text,
      error_message: error.text,
      error_code: error.code,
      error_id: 'c1',
      data: null,
    });
    expect(Object.keys(body)).toHaveLength(Object.keys(errorBodySchema.shape).length);
  });
});

describe('the text of an error', () => {
  it.each([
    ['{"message":"m","error":"e"}', 'm'],
    ['{"message":"","error":"e"}', 'e'],
    ['{"message":7,"error":"e"}', 'e'],
    ['{"error":{"message":"inside"}}', undefined],
    ['{"error_message":"other"}', undefined],
    ['["message"]', undefined],
    ['Bad gateway', undefined],
    ['', undefined],
  ])('in %j is %j', (body, text) => {
    expect(restErrorText(body)).toBe(text);
  });
});
