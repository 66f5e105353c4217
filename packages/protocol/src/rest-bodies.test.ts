import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, valueOf } from '../test/value-of.ts';
import {
  accessTokenAnswerSchema,
  decodeAccessTokenAnswer,
  decodeAccessTokenRequest,
  decodeContextSubmission,
  decodeSessionAnswer,
  decodeSessionRequest,
  encodeAccessTokenAnswer,
  encodeHealth,
  encodeReadiness,
  encodeSessionAnswer,
  encodeSessionRequest,
} from './rest-bodies.ts';
import type { AccessTokenAnswer, DeviceType, Platform } from './rest-bodies.ts';

const silent = { streamingEnabled: false, platform: 'web', deviceType: null };

describe('the body of an access-token request', () => {
  it.each([undefined, '', ' ', '{}', '{"anything":[1]}'])('may be %j', (text) => {
    expect(decodeAccessTokenRequest(text)).toEqual({});
  });

  it.each(['{not json', '[]', '"x"', 'null', '5'])('may not be %j', (text) => {
    expect(decodeAccessTokenRequest(text)).toBe('invalid');
  });
});

describe('the answer to an access-token request', () => {
  it('MSG-001 has three members', () => {
    const text = encodeAccessTokenAnswer({ accessToken: 'a.b.c', expiresIn: 86_400, tokenType: 'Bearer' });
    expect(text).toBe('{"access_token":"a.b.c","expires_in":86400,"token_type":"Bearer"}');
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(valueOf(accessTokenAnswerSchema) as fc.Arbitrary<AccessTokenAnswer>, (answer) => {
        expect(decodeAccessTokenAnswer(encodeAccessTokenAnswer(answer))).toEqual(answer);
      }),
    );
  });

  it.each(['', '{}', '{"access_token":"","expires_in":1,"token_type":"Bearer"}', '<html>'])('is not %j', (text) => {
    expect(decodeAccessTokenAnswer(text)).toBe('invalid');
  });
});

describe('the body of a session request', () => {
  it.each([undefined, '', '\r\n', '{}'])('MSG-019 may be %j', (text) => {
    expect(decodeSessionRequest(text)).toEqual(silent);
  });

  it('MSG-020 may have members nobody knows', () => {
    expect(decodeSessionRequest('{"device_type":"tablet","shoe_size":42,"__proto__":{"platform":"ios"}}')).toEqual({
      ...silent,
      deviceType: 'tablet',
    });
  });

  it.each(['web', 'ios', 'android', 'ios-web', 'android-web', 'custom'] satisfies Platform[])(
    'MSG-021 may name the platform %s',
    (platform) => {
      expect(decodeSessionRequest(JSON.stringify({ platform }))).toEqual({ ...silent, platform });
    },
  );

  it.each(['mobile', 'tablet', 'desktop'] satisfies DeviceType[])('may name the device %s', (deviceType) => {
    const text = encodeSessionRequest({ streamingEnabled: true, deviceType });
    expect(text).toBe(`{"streaming_enabled":true,"device_type":"${deviceType}"}`);
    expect(decodeSessionRequest(text)).toEqual({ streamingEnabled: true, platform: 'web', deviceType });
  });

  it('may name platforms and devices nobody knows', () => {
    fc.assert(
      fc.property(
        anyText.filter((name) => !/^(web|ios|android|mobile|tablet|desktop)/.test(name)),
        (name) => {
          expect(decodeSessionRequest(JSON.stringify({ platform: name, device_type: name }))).toEqual({
            ...silent,
            platform: 'custom',
          });
        },
      ),
    );
  });

  it('may have null for what it does not say', () => {
    expect(decodeSessionRequest('{"streaming_enabled":null,"platform":null,"device_type":null}')).toEqual(silent);
  });

  it.each([
    '{not json',
    '[]',
    'null',
    '{"streaming_enabled":"true"}',
    '{"streaming_enabled":1}',
    '{"platform":7}',
    '{"platform":["ios"]}',
    '{"device_type":{}}',
    '{"device_type":false}',
  ])('MSG-018 may not be %s', (text) => {
    expect(decodeSessionRequest(text)).toBe('invalid');
  });

  it('is answered with a value, whatever it is', () => {
    const levels = 100_000;
    expect(decodeSessionRequest(`{"platform":${'['.repeat(levels)}${']'.repeat(levels)}}`)).toBe('invalid');
    expect(decodeSessionRequest(`{"other":${'['.repeat(levels)}${']'.repeat(levels)}}`)).toEqual(silent);
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(() => decodeSessionRequest(text)).not.toThrow();
      }),
    );
  });
});

describe('the answer to a session request', () => {
  it('MSG-022 has the id of the session', () => {
    expect(encodeSessionAnswer({ sessionId: 's1' })).toBe('{"session_id":"s1"}');
    expect(decodeSessionAnswer('{"session_id":"s1"}')).toEqual({ sessionId: 's1' });
    expect(decodeSessionAnswer('{"session_id":""}')).toBe('invalid');
  });
});

describe('the submission of context', () => {
  it('has a token', () => {
    expect(decodeContextSubmission('{"token":"a.b.c"}')).toEqual({ token: 'a.b.c' });
    for (const text of ['', '{}', '{"token":""}', '{"token":5}']) expect(decodeContextSubmission(text)).toBe('invalid');
  });
});

describe('what operators ask', () => {
  it('is answered in their own spelling', () => {
    expect(encodeHealth({ status: 'healthy', activeSessions: 3 })).toBe('{"status":"healthy","activeSessions":3}');
    expect(encodeReadiness({ status: 'draining' })).toBe('{"status":"draining"}');
  });
});
