// Anything may happen in any order: users write, the desk writes, answers get lost, requests come twice, processes die.
import type { BridgeEvent } from '@parley/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeHouse, webhookDesk } from './bridge-house.ts';
import type { BridgeHouse, Visitor } from './bridge-house.ts';
import { deskStub } from './desk-stub.ts';
import type { Answer, DeskStub } from './desk-stub.ts';

const grace = { id: 'h1', name: 'Grace' };

type Step =
  | { does: 'user-says' | 'desk-says' | 'desk-says-twice' | 'desk-repeats' | 'crash' }
  | { does: 'passes'; seconds: number }
  | { does: 'answers'; answer: Exclude<Answer, Response> };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('user-says', 'desk-says').map((does) => ({ does }) as Step) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('desk-says-twice', 'desk-repeats', 'crash').map((does) => ({ does }) as Step),
  },
  { weight: 2, arbitrary: fc.nat(12).map((seconds): Step => ({ does: 'passes', seconds })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(500, 429, 'never' as const).map((answer): Step => ({ does: 'answers', answer })),
  },
);

class Story {
  house: BridgeHouse;
  visitor: Visitor;
  readonly desk: DeskStub;
  readonly caseId: string;
  #said = 0;
  #written = 0;

  constructor(begun: { house: BridgeHouse; visitor: Visitor; desk: DeskStub; caseId: string }) {
    this.house = begun.house;
    this.visitor = begun.visitor;
    this.desk = begun.desk;
    this.caseId = begun.caseId;
  }

  async take(taken: Step): Promise<void> {
    switch (taken.does) {
      case 'user-says':
        return this.visitor.say(`user ${++this.#said}`);
      case 'desk-says':
        return void (await this.house.tell(this.#message(++this.#written)));
      case 'desk-says-twice': {
        const message = this.#message(++this.#written);
        await Promise.all([this.house.tell(message), this.house.tell(message)]);
        return;
      }
      case 'desk-repeats':
        if (this.#written > 0) await this.house.tell(this.#message(this.#written));
        return;
      case 'crash':
        this.house = await this.house.crash();
        this.visitor = await this.house.again(this.visitor);
        return;
      case 'passes':
        return this.house.pass(taken.seconds);
      case 'answers':
        return this.desk.answerNext(taken.answer);
    }
  }

  #message(number: number): BridgeEvent {
    const content = { text: `desk ${number}`, attachments: [], suggestions: [] };
    return { type: 'message', id: `m${number}`, caseId: this.caseId, ...content };
  }

  /** What each side has at the end: each thing once, as the journal has it. */
  async check(): Promise<void> {
    await this.house.pass(400);
    const lines = this.visitor.session.transcript.lines;
    const said = (speaker: 'user' | 'human'): string[] =>
      lines.filter((line) => line.speaker === speaker).map(({ text }) => text);
    expect(said('human')).toEqual(Array.from({ length: this.#written }, (_, index) => `desk ${index + 1}`));
    expect(this.#toldTexts()).toEqual(said('user').filter((text) => text.startsWith('user ')));
  }

  /** Whether the desk was gone for the chat: then the user isn't with it any more, and neither reaches the other. */
  async checkGone(): Promise<void> {
    await this.house.pass(60);
    const made = await this.house.store.deliveries.ofCase(this.caseId);
    const lost = made.findIndex(({ status }) => status === 'given-up');
    const later = lost < 0 ? [] : made.slice(lost + 1);
    expect(later.map(({ type, status }) => (type === 'ended' ? 'ended' : status)).join(' ')).toMatch(
      /^(dropped )*(ended)?$/,
    );
    expect(made.filter(({ status }) => status === 'waiting')).toEqual([]);
    const { holder } = this.visitor.session.state.floor;
    expect(holder === 'human', 'the floor is the desk’s as long as it is there').toBe(lost < 0);
    if (lost >= 0) expect(await this.house.tell(this.#message(++this.#written))).toBe('caseOver');
    const shown = this.visitor.events.map(({ event }) => event.type);
    const failedAt = shown.indexOf('handoff-failed');
    expect(failedAt < 0 ? [] : shown.slice(failedAt).filter(isOfHuman)).toEqual([]);
  }

  /** What the desk was told, a delivery that came again counted once. */
  #toldTexts(): string[] {
    const seen = new Map<string, string>();
    let last = 0;
    for (const { delivery } of this.desk.told) {
      if (!delivery) continue;
      if (!seen.has(delivery.id)) expect(delivery.number, 'deliveries came in order').toBe(++last);
      if (delivery.type === 'user_message') seen.set(delivery.id, delivery.line.text);
      else seen.set(delivery.id, '');
    }
    return [...seen.values()].filter((text) => text !== '');
  }
}

function isOfHuman(type: string): boolean {
  return type.startsWith('live-agent');
}

async function begin(maxTries: number): Promise<Story> {
  const desk = deskStub();
  const house = await bridgeHouse({ fetch: desk.fetch, desk: { ...webhookDesk, maxTries } });
  const visitor = await house.handedOff();
  const caseId = await house.caseOf(visitor);
  await house.tell({ type: 'joined', id: 'join', caseId, agent: grace });
  return new Story({ house, visitor, desk, caseId });
}

describe('whatever happens', () => {
  it('neither side misses a word, or reads it twice, and the order is the journal’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const story = await begin(100);
        for (const each of steps) await story.take(each);
        await story.check();
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('a desk that is gone gives the user up, once and for all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const story = await begin(2);
        for (const each of steps) await story.take(each);
        await story.checkGone();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
