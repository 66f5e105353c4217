import { expect, it } from 'vitest';
import { decodeIceServersAnswer, encodeIceServersAnswer, encodeIceServersError } from './ice-servers.ts';
import { restErrors } from './rest-errors.ts';

const stun = { urls: ['stun:turn.parley.example:3478'] };
const turn = { urls: ['turn:turn.parley.example:3478'], username: '1893456000:id', credential: 'c2VjcmV0' };

it('ICE servers go over the wire as browsers take them', () => {
  const text = encodeIceServersAnswer({ iceServers: [stun, turn] });
  expect(JSON.parse(text)).toEqual({ iceServers: [stun, turn] });
  expect(decodeIceServersAnswer(text)).toEqual({ iceServers: [stun, turn] });
});

it('VOX-082 a STUN entry has no credentials, not even as null', () => {
  const text = encodeIceServersAnswer({ iceServers: [{ ...stun, username: undefined, credential: undefined }] });
  expect(text).toBe('{"iceServers":[{"urls":["stun:turn.parley.example:3478"]}]}');
});

it.each([['{}'], ['[]'], ['{"iceServers":[]}'], ['{"iceServers":[{"urls":[]}]}'], ['not json']])(
  '%s is no answer',
  (text) => {
    expect(decodeIceServersAnswer(text)).toBe('invalid');
  },
);

it('VOX-080 a bad token is put in one member', () => {
  expect(encodeIceServersError(restErrors.invalidAuthToken)).toBe('{"error":"invalid auth token"}');
});
