import { expect, it } from 'vitest';
import { countingIds, FakeTime, silentLog, silentMeter } from '../../kit/index.ts';
import type { Sessions } from '../../messaging/index.ts';
import { offerSdp } from '../negotiation/test/offers.ts';
import type { CallGrant } from '../ports/call-access.ts';
import type { CallRecord } from '../ports/call-records.ts';
import type { Offer } from '../signaling/read-offer.ts';
import { createCalls } from './calls.ts';

const grant: CallGrant = {
  account: 'acme',
  project: 'shop',
  connectorId: 'web',
  agentId: 'concierge',
  kind: 'connector',
  mayEcho: true,
  maxConcurrentCalls: 1,
  originAllowed: () => true,
  isAccount: () => true,
  isProject: () => true,
};

const offer: Offer = {
  sessionId: undefined,
  requestedMode: 'echo',
  mode: 'echo',
  callSid: 'A',
  caller: undefined,
  callee: undefined,
  variantId: undefined,
  build: undefined,
  sdp: offerSdp('chromium'),
};

it('a call whose beginning fails in a way that nobody foresaw leaves nothing behind', async () => {
  const time = new FakeTime();
  const records: CallRecord[] = [];
  const calls = createCalls({
    sessions: undefined as unknown as Sessions,
    peers: {
      create() {
        throw new TypeError('unforeseen');
      },
      close() {},
    },
    agents: { choose: () => undefined, close: async () => {} },
    media: () => Promise.reject(new Error('no media')),
    legMedia: () => Promise.reject(new Error('no media')),
    echo() {
      throw new Error('no echo');
    },
    records: { saveCall: (record) => void records.push(record), endLostCalls() {} },
    notice: () => null,
    announcement: () => null,
    maxConcurrentCalls: 1,
    clock: time,
    timers: time,
    newId: countingIds('id'),
    random32: () => 7,
    log: silentLog,
    meter: silentMeter,
  });
  // The second would be refused if the first still held its name or its place.
  for (let times = 0; times < 2; times += 1) {
    const begun = calls.begin(offer, grant, { userAgent: null, token: 'token' });
    await expect(begun).rejects.toThrow('unforeseen');
  }
  expect(records.map(({ outcome }) => outcome)).toEqual(['media_failure', 'media_failure']);
});
