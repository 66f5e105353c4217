import { decodeSignal, signalErrors } from '@parley/protocol';
import type { OfferEnvelope, SignalErrorName } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import type { CallGrant } from '../ports/call-access.ts';
import { readOffer, tokenOf } from './read-offer.ts';
import type { Offer, OfferRules } from './read-offer.ts';

const SDP = 'v=0\r\n';
const BUILD = { artifactVersion: '7', lambdaDeploymentVersion: '3' };

const grant: CallGrant = {
  account: 'acme',
  project: 'shop',
  connectorId: 'web',
  agentId: 'concierge',
  kind: 'connector',
  mayEcho: false,
  maxConcurrentCalls: 100,
  originAllowed: (origin) => origin !== 'https://evil.test',
  isAccount: (id) => id === 'acme',
  isProject: (id) => id === 'shop',
};

const rules: OfferRules = {
  allowEcho: false,
  hasVariant: (agentId, variantId) => agentId === 'concierge' && ['formal', 'casual'].includes(variantId),
  findBuild: (agentId, { artifactVersion, lambdaDeploymentVersion }) =>
    agentId === 'concierge' && lambdaDeploymentVersion === '3'
      ? { 7: 'july', 8: 'august' }[artifactVersion]
      : undefined,
  isSdp: (text) => text === SDP,
};

interface Case {
  /** What the frame has besides, or in place of, a good offer. */
  frame?: Record<string, unknown> | undefined;
  /** Null: the token isn't good. */
  grant?: Partial<CallGrant> | null;
  rules?: Partial<OfferRules>;
  origin?: string;
}

/** An offer as it comes from the wire. */
function envelope(frame: Case['frame'] = {}): OfferEnvelope {
  const whole = { type: 'offer', sessionId: '', authToken: 'token', data: { type: 'offer', sdp: SDP }, ...frame };
  const signal = decodeSignal(JSON.stringify(whole));
  if (!('type' in signal) || signal.type !== 'offer') throw new Error('not an offer');
  return signal;
}

function read(given: Case): ReturnType<typeof readOffer> {
  const sender = { grant: given.grant === null ? undefined : { ...grant, ...given.grant }, origin: given.origin };
  return readOffer(envelope(given.frame), sender, { ...rules, ...given.rules });
}

function expectRefusal(given: Case, error: SignalErrorName): void {
  expect(read(given)).toEqual({ refused: signalErrors[error] });
}

function accepted(given: Case): Offer {
  const result = read(given);
  if ('refused' in result) throw new Error(result.refused.message);
  return result;
}

describe('who sends it', () => {
  it.each([
    ['VOX-006 no token', { authToken: undefined }],
    ['VOX-007 an empty token', { authToken: '' }],
    ['VOX-007 a token that is null', { authToken: null }],
    ['a token that is no text', { authToken: 7 }],
    [
      'VOX-008 no token, but everything else',
      { authToken: null, agentVersionOverride: BUILD, accountId: 'acme', projectId: 'shop' },
    ],
  ])('%s: a token is required', (_, frame) => {
    expect(tokenOf(envelope(frame))).toBeUndefined();
    expectRefusal({ frame, grant: null }, 'authTokenRequired');
  });

  it('the token is there to be verified', () => {
    expect(tokenOf(envelope({ authToken: 'wt_1' }))).toBe('wt_1');
  });

  it.each<[string, Case['frame']]>([
    ['VOX-009 a token that is not good', {}],
    ['VOX-010 the same with an SDP that is none', { data: { type: 'offer', sdp: 'garbage' } }],
    ['VOX-010 the same without data', { data: null }],
    ['the same with an unknown mode', { mode: 'banana' }],
    ['the same with incomplete versions', { agentVersionOverride: {} }],
  ])('%s: the token is invalid', (_, frame) => {
    expectRefusal({ frame, grant: null }, 'invalidToken');
  });
});

describe('what it may leave out or have besides', () => {
  it.each([[''], [null], [undefined]])('VOX-013 sessionId %j: a new call', (sessionId) => {
    expect(accepted({ frame: { sessionId } }).sessionId).toBeUndefined();
  });

  it('the sessionId of a call is taken as it is', () => {
    expect(accepted({ frame: { sessionId: 'S-1' } }).sessionId).toBe('S-1');
  });

  it('VOX-014 unknown members are ignored', () => {
    expect(accepted({ frame: { colour: 'red', data: { type: 'offer', sdp: SDP, more: 1 } } })).toEqual(accepted({}));
  });

  it('null is the same as nothing, everywhere', () => {
    const members = ['sessionId', 'mode', 'callSid', 'caller', 'callee', 'accountId', 'projectId', 'variantId'];
    const frame = Object.fromEntries([...members, 'agentVersionOverride'].map((name) => [name, null]));
    expect(accepted({ frame })).toEqual({
      sessionId: undefined,
      requestedMode: null,
      mode: 'end-to-end',
      callSid: undefined,
      caller: undefined,
      callee: undefined,
      variantId: undefined,
      build: undefined,
      sdp: SDP,
    });
  });

  it('VOX-015 caller and callee are free text', () => {
    const frame = { caller: 'Polyphone', callee: 'Polyphone' };
    expect(accepted({ frame })).toMatchObject(frame);
    expect(accepted({ frame: { caller: 7, callee: 'x'.repeat(1000) } })).toMatchObject({
      caller: undefined,
      callee: 'x'.repeat(256),
    });
  });

  it('a call SID keeps its case', () => {
    expect(accepted({ frame: { callSid: '6E0C9A52-0B1D' } }).callSid).toBe('6E0C9A52-0B1D');
    expect(accepted({ frame: { callSid: '' } }).callSid).toBeUndefined();
  });
});

describe('modes', () => {
  it.each([
    ['VOX-021', undefined, 'end-to-end'],
    ['VOX-021', null, 'end-to-end'],
    ['VOX-021', 'end-to-end', 'end-to-end'],
    ['VOX-021', 'traditional', 'traditional'],
    ['VOX-022', 'agent', 'end-to-end'],
    ['VOX-022', 'agent_v2', 'end-to-end'],
    ['VOX-022', 'realtime', 'end-to-end'],
    ['VOX-022', 'agent_v1', 'traditional'],
    ['VOX-022', 'cascaded', 'traditional'],
    ['VOX-022', 'normal', 'traditional'],
  ])('%s %j stands for %s', (_, mode, expected) => {
    expect(accepted({ frame: { mode } })).toMatchObject({ requestedMode: mode ?? null, mode: expected });
  });

  it.each([['banana'], ['End-To-End'], [''], [7], ['constructor'], [['echo']]])('VOX-023 %j is none', (mode) => {
    expectRefusal({ frame: { mode } }, 'unknownMode');
  });

  it('VOX-024 echo is refused where it is not allowed', () => {
    expectRefusal({ frame: { mode: 'echo' } }, 'echoForbidden');
  });

  it.each<[string, Case]>([
    ['the gateway', { rules: { allowEcho: true } }],
    ['the token', { grant: { mayEcho: true } }],
  ])('echo is allowed by %s', (_, given) => {
    expect(accepted({ ...given, frame: { mode: 'echo' } })).toMatchObject({ mode: 'echo', requestedMode: 'echo' });
  });
});

describe('what the token is for', () => {
  it.each<[string, Case, SignalErrorName]>([
    ['VOX-017 another project', { frame: { projectId: 'bank' } }, 'notPermitted'],
    ['another account', { frame: { accountId: 'other' } }, 'notPermitted'],
    ['a project that is no text', { frame: { projectId: 7 } }, 'invalidProject'],
    ['an account that is no text', { frame: { accountId: {} } }, 'invalidAccount'],
    ['a foreign page', { origin: 'https://evil.test' }, 'notPermitted'],
    ['an unknown variant', { frame: { variantId: 'rude' } }, 'unknownVariant'],
    ['a variant that is no text', { frame: { variantId: ['formal'] } }, 'unknownVariant'],
    [
      'another variant than the token has',
      { frame: { variantId: 'casual' }, grant: { variantId: 'formal' } },
      'notPermitted',
    ],
    [
      'VOX-016 no lambdaDeploymentVersion',
      { frame: { agentVersionOverride: { artifactVersion: '7' } } },
      'unknownAgentVersion',
    ],
    [
      'VOX-016 no artifactVersion',
      { frame: { agentVersionOverride: { lambdaDeploymentVersion: '3' } } },
      'unknownAgentVersion',
    ],
    ['VOX-016 an override that is no object', { frame: { agentVersionOverride: '7' } }, 'unknownAgentVersion'],
    [
      'an unknown build',
      { frame: { agentVersionOverride: { ...BUILD, artifactVersion: '9' } } },
      'unknownAgentVersion',
    ],
    [
      'another build than the token has',
      { frame: { agentVersionOverride: BUILD }, grant: { build: 'august' } },
      'notPermitted',
    ],
    ['a call SID of 129 characters', { frame: { callSid: 'x'.repeat(129) } }, 'invalidCallSid'],
    ['a call SID that is no text', { frame: { callSid: 7 } }, 'invalidCallSid'],
  ])('%s is refused', (_, given, error) => {
    expectRefusal(given, error);
  });

  it.each<[string, Case, Partial<Offer>]>([
    ['its own account and project', { frame: { accountId: 'acme', projectId: 'shop' } }, {}],
    ['a page of its own', { origin: 'https://www.example.com' }, {}],
    ['a variant of the agent', { frame: { variantId: 'formal' } }, { variantId: 'formal' }],
    ['a build of the agent', { frame: { agentVersionOverride: BUILD } }, { build: 'july' }],
    ['the variant it has', { frame: { variantId: 'formal' }, grant: { variantId: 'formal' } }, { variantId: 'formal' }],
    [
      'what it pins, unasked',
      { grant: { variantId: 'formal', build: 'july' } },
      { variantId: 'formal', build: 'july' },
    ],
    ['a call SID of 128 characters', { frame: { callSid: 'x'.repeat(128) } }, { callSid: 'x'.repeat(128) }],
  ])('%s is allowed', (_, given, offer) => {
    expect(accepted(given)).toMatchObject(offer);
  });
});

describe('whether it can be read', () => {
  it.each<[string, Record<string, unknown>]>([
    ['VOX-018 no data', { data: null }],
    ['VOX-018 no SDP', { data: { type: 'offer' } }],
    ['VOX-018 an empty SDP', { data: { type: 'offer', sdp: '' } }],
    ['VOX-018 the type answer', { data: { type: 'answer', sdp: SDP } }],
    ['VOX-019 an SDP that is none', { data: { type: 'offer', sdp: 'v=0 o=- 1 2 IN IP4 127.0.0.1' } }],
    ['a sessionId that is no text', { sessionId: 7 }],
  ])('%s is malformed', (_, frame) => {
    expectRefusal({ frame }, 'malformed');
  });
});

describe('of two faults the first in this order counts', () => {
  const faults: [SignalErrorName, Case][] = [
    ['authTokenRequired', { frame: { authToken: '' } }],
    ['invalidToken', { grant: null }],
    ['unknownMode', { frame: { mode: 'banana' } }],
    ['notPermitted', { frame: { projectId: 'bank' } }],
    ['unknownVariant', { frame: { variantId: 'rude' } }],
    ['unknownAgentVersion', { frame: { agentVersionOverride: {} } }],
    ['invalidCallSid', { frame: { callSid: 7 } }],
    ['malformed', { frame: { data: null } }],
  ];
  const pairs = faults.flatMap(([error, one], at) =>
    faults
      .slice(at + 1)
      .map(([later, other]): [SignalErrorName, SignalErrorName, Case] => [
        error,
        later,
        { ...one, ...other, frame: { ...other.frame, ...one.frame } },
      ]),
  );

  it.each(pairs)('%s before %s', (error, _, given) => {
    expectRefusal(given, error);
  });
});
