import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../test/value-of.ts';
import { signalErrors } from './signaling-errors.ts';
import type { ClientMessage, ServerSignal } from './signaling-messages.ts';
import { decodeServerSignal, decodeSignal, encodeSignal, readOfferData, readVersionOverride } from './signaling.ts';

const id = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';
const line = 'candidate:1 1 udp 2130706431 203.0.113.7 40000 typ host';

/** Reads a frame with these members. */
function decode(frame: unknown): ReturnType<typeof decodeSignal> {
  return decodeSignal(JSON.stringify(frame));
}

describe('what clients send', () => {
  it.each([
    ['not json'],
    [''],
    ['{"type":"ping"'],
    ['[]'],
    ['42'],
    ['null'],
    ['{}'],
    ['{"type":7}'],
    ['{"type":null}'],
  ])('VOX-003 VOX-004 %s is malformed', (text) => {
    expect(decodeSignal(text)).toEqual({
      refused: { code: 'INVALID_MESSAGE', message: 'Malformed message' },
      sessionId: '',
    });
  });

  it.each([['answer'], ['error'], ['banana'], ['Offer'], ['constructor']])(
    'VOX-005 the type %s is malformed, and answered with the sessionId it came with',
    (type) => {
      expect(decode({ type, sessionId: id })).toEqual({ refused: signalErrors.malformed, sessionId: id });
    },
  );

  it.each([['close'], ['ping'], ['pong']])('a %s is read with its sessionId, if that is text', (type) => {
    expect(decode({ type, sessionId: id, data: { reason: 'x' }, colour: 'red' })).toEqual({ type, sessionId: id });
    for (const sessionId of ['', null, undefined, 7, {}]) {
      expect(decode({ type, sessionId })).toEqual({ type, sessionId: '' });
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(decodeSignal(text)).toBeTypeOf('object');
        decodeServerSignal(text);
      }),
    );
    const types = fc.constantFrom('offer', 'ice-candidate', 'close', 'ping', 'pong', 'answer', 'error');
    fc.assert(
      fc.property(types, fc.jsonValue(), fc.jsonValue(), (type, sessionId, data) => {
        const text = JSON.stringify({ type, sessionId, data });
        expect(decodeSignal(text)).toBeTypeOf('object');
        decodeServerSignal(text);
      }),
    );
  });
});

describe('offers', () => {
  it('are read unchecked, null being nothing and unknown members nobody', () => {
    const frame = { type: 'offer', authToken: 7, mode: null, data: { sdp: [] }, callSid: '', colour: 'red' };
    expect(decode(frame)).toEqual({
      type: 'offer',
      sessionId: undefined,
      authToken: 7,
      mode: undefined,
      callSid: '',
      caller: undefined,
      callee: undefined,
      accountId: undefined,
      projectId: undefined,
      variantId: undefined,
      agentVersionOverride: undefined,
      data: { sdp: [] },
    });
  });

  it('carry an offer of WebRTC', () => {
    expect(readOfferData({ type: 'offer', sdp: 'v=0', more: 1 })).toEqual({ type: 'offer', sdp: 'v=0' });
  });

  it.each([
    [undefined],
    [null],
    [[]],
    ['v=0'],
    [{}],
    [{ type: 'offer' }],
    [{ type: 'offer', sdp: '' }],
    [{ type: 'answer', sdp: 'v=0' }],
    [{ type: 'offer', sdp: 7 }],
  ])('VOX-018 don’t carry %j', (data) => {
    expect(readOfferData(data)).toBeUndefined();
  });

  it('may pin both versions of a build', () => {
    const override = { artifactVersion: '7', lambdaDeploymentVersion: '3' };
    expect(readVersionOverride({ ...override, more: 1 })).toEqual(override);
  });

  it.each([
    [undefined],
    ['7'],
    [{}],
    [{ artifactVersion: '7' }],
    [{ lambdaDeploymentVersion: '3' }],
    [{ artifactVersion: '7', lambdaDeploymentVersion: null }],
    [{ artifactVersion: 7, lambdaDeploymentVersion: '3' }],
    [{ artifactVersion: '', lambdaDeploymentVersion: '3' }],
  ])('VOX-016 %j pins none', (value) => {
    expect(readVersionOverride(value)).toBeUndefined();
  });
});

describe('candidates of clients', () => {
  it.each([
    [
      'everything',
      { candidate: line, sdpMid: '0', sdpMLineIndex: 0 },
      { candidate: line, sdpMid: '0', sdpMLineIndex: 0 },
    ],
    ['a= in front', { candidate: `a=${line}` }, { candidate: line }],
    ['members of browsers', { candidate: line, usernameFragment: 'abcd' }, { candidate: line }],
    ['VOX-055 null for its m-line', { candidate: line, sdpMid: null, sdpMLineIndex: null }, { candidate: line }],
    ['nonsense for its m-line', { candidate: line, sdpMid: 7, sdpMLineIndex: -1.5 }, { candidate: line }],
    ['VOX-056 garbage', { candidate: 'garbage' }, { candidate: 'garbage' }],
  ])('with %s are read', (_, data, expected) => {
    expect(decode({ type: 'ice-candidate', sessionId: id, data })).toEqual({
      type: 'ice-candidate',
      sessionId: id,
      data: { sdpMid: undefined, sdpMLineIndex: undefined, ...expected },
    });
  });

  it.each([
    [null],
    [undefined],
    [{}],
    [{ candidate: '' }],
    [{ candidate: null }],
    [{ candidate: 7 }],
    [[]],
    ['x'],
    [7],
  ])('VOX-056 %j adds nothing, and is no error', (data) => {
    expect(decode({ type: 'ice-candidate', sessionId: id, data })).toEqual({
      type: 'ice-candidate',
      sessionId: id,
      data: undefined,
    });
  });

  it('may not know the call yet', () => {
    for (const sessionId of ['', null, undefined]) {
      expect(decode({ type: 'ice-candidate', sessionId, data: null })).toMatchObject({ sessionId: '' });
    }
  });
});

describe('what servers send', () => {
  const signals: ServerSignal[] = [
    { type: 'answer', sessionId: id, data: { type: 'answer', sdp: 'v=0\r\n' } },
    { type: 'ice-candidate', sessionId: id, data: { candidate: line, sdpMid: '0', sdpMLineIndex: 0 } },
    { type: 'error', sessionId: '', data: signalErrors.authTokenRequired },
    { type: 'close', sessionId: id },
    { type: 'close', sessionId: id, data: { reason: 'done' } },
    { type: 'pong', sessionId: '' },
  ];

  it.each(signals.map((signal): [string, ServerSignal] => [signal.type, signal]))(
    'VOX-002 %s is one JSON object, as it stands, and a client reads it',
    (_, signal) => {
      const text = encodeSignal(signal);
      expect(JSON.parse(text)).toEqual(signal);
      expect(decodeServerSignal(text)).toEqual(signal);
    },
  );

  it.each([
    ['an answer without a sessionId', { type: 'answer', sessionId: null, data: { type: 'answer', sdp: 'v=0' } }],
    ['an answer without SDP', { type: 'answer', sessionId: id, data: { type: 'answer' } }],
    [
      'an empty candidate',
      { type: 'ice-candidate', sessionId: id, data: { candidate: '', sdpMid: '0', sdpMLineIndex: 0 } },
    ],
    ['a candidate of no m-line', { type: 'ice-candidate', sessionId: id, data: { candidate: line } }],
    ['an offer', { type: 'offer', sessionId: id, data: { type: 'offer', sdp: 'v=0' } }],
  ])('a client leaves %s alone', (_, frame) => {
    expect(decodeServerSignal(JSON.stringify(frame))).toBeUndefined();
  });
});

it('what a client writes a server reads', () => {
  const messages: ClientMessage[] = [
    { type: 'offer', authToken: 'wt_1', callSid: '6E0C', data: { type: 'offer', sdp: 'v=0' } },
    { type: 'ice-candidate', sessionId: id, data: { candidate: line } },
    { type: 'close', sessionId: id },
    { type: 'ping' },
  ];
  for (const message of messages) {
    expect(decodeSignal(encodeSignal(message))).toMatchObject({ type: message.type });
  }
});
