// Puts what a desk is to be told of a case into the outbox, in order, and so that a restart knows what it was told.
import { encodeBridgeDelivery } from '@parley/protocol';
import type { Clock, NewId } from '../../kit/index.ts';
import type { TranscriptLine } from '../../messaging/index.ts';
import type { Outbox } from '../deliveries/outbox.ts';
import type { BridgeCaseRecord, BridgeStore } from '../ports/bridge-store.ts';
import type { DeliveryRecord, DeliveryStore } from '../ports/delivery-store.ts';
import type { BridgeCase } from './bridge-case.ts';
import { bridgeLine, endedContent, requestedContent } from './write-delivery.ts';
import type { DeliveryContent } from './write-delivery.ts';

/** What is needed to put something into the outbox. */
export interface CaseOutboxParts {
  outbox: Outbox;
  cases: BridgeStore;
  deliveries: DeliveryStore;
  clock: Clock;
  newId: NewId;
}

/** The outbox as cases see it. */
export interface CaseOutbox {
  /**
   * Asks the desk, or goes on where a former process was. `claim` finds the record that one left, and throws when there
   * is nothing to begin. Answers what was put into the outbox before, oldest first: the request, then the rest.
   */
  begin(opened: BridgeCase, claim: () => Promise<void>): Promise<readonly DeliveryRecord[]>;
  /** Tells the desk something after all that it was told before. Resolves when it is durable. */
  tell(opened: BridgeCase, content: DeliveryContent): Promise<void>;
  /** The same with what a user wrote, unless the desk was told it. */
  tellLine(opened: BridgeCase, line: TranscriptLine): Promise<void>;
  /** Closes a case that isn't open here: its session is over, or elsewhere. */
  finish(record: BridgeCaseRecord): Promise<void>;
}

/** Makes it. */
export function createCaseOutbox({ outbox, cases, deliveries, clock, newId }: CaseOutboxParts): CaseOutbox {
  function inOrder<Result>(opened: BridgeCase, work: () => Promise<Result>): Promise<Result> {
    const done = opened.adding.then(work);
    opened.adding = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  async function put(opened: BridgeCase, content: DeliveryContent, sequence: number | null): Promise<void> {
    const { record, told } = opened;
    if (opened.failed) return;
    const number = ++told.number;
    if (sequence !== null) told.sequence = sequence;
    await outbox.add(deliveryOf(record.id, content, { number, sequence }));
  }

  async function putLine(opened: BridgeCase, line: TranscriptLine): Promise<void> {
    if (line.speaker !== 'user' || line.sequence <= opened.told.sequence) return;
    await put(opened, { type: 'user_message', line: bridgeLine(line) }, line.sequence);
  }

  function deliveryOf(
    caseId: string,
    content: DeliveryContent,
    place: Pick<DeliveryRecord, 'number' | 'sequence'>,
  ): DeliveryRecord {
    const nowMs = clock.nowMs();
    const id = newId();
    const body = encodeBridgeDelivery({ ...content, id, caseId, number: place.number, atMs: nowMs });
    const untried = { status: 'waiting', tries: 0, triedMs: null, answer: null } as const;
    return { id, caseId, type: content.type, body, ...place, ...untried, createdMs: nowMs, dueMs: nowMs };
  }

  async function beginAnew(opened: BridgeCase): Promise<void> {
    await cases.saveCase(opened.record);
    await put(opened, requestedContent(opened.handoff), opened.handoff.transcript.at(-1)?.sequence ?? 0);
  }

  async function goOn(opened: BridgeCase, made: readonly DeliveryRecord[]): Promise<void> {
    opened.told = { number: made.length, sequence: Math.max(...made.map(({ sequence }) => sequence ?? 0)) };
    opened.visitorThere =
      made.findLast(({ type }) => type === 'user_left' || type === 'user_back')?.type !== 'user_left';
    for (const line of opened.handoff.transcript) await putLine(opened, line);
  }

  return {
    begin: (opened, claim) =>
      inOrder(opened, async () => {
        await claim();
        const made = await deliveries.ofCase(opened.record.id);
        const [requested] = made;
        opened.failed = requested !== undefined && hasFailed(requested);
        if (requested) await goOn(opened, made);
        else await beginAnew(opened);
        return made;
      }),
    tell: (opened, content) => inOrder(opened, () => put(opened, content, null)),
    tellLine: (opened, line) => inOrder(opened, () => putLine(opened, line)),
    async finish(record) {
      const made = await deliveries.ofCase(record.id);
      const [requested] = made;
      if (requested && !hasFailed(requested)) {
        const place = { number: made.length + 1, sequence: null };
        await outbox.add(deliveryOf(record.id, endedContent('ended'), place));
      }
      await cases.saveCase({ ...record, closedMs: clock.nowMs() });
    },
  };
}

/** Whether the desk will never have it. */
function hasFailed({ status }: DeliveryRecord): boolean {
  return status === 'refused' || status === 'given-up' || status === 'dropped';
}
