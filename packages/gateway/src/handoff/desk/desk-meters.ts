// What the desk measures, by queue. Of queues that agents made up there may be many: they share one label.
import type { Meter } from '../../kit/index.ts';
import type { CaseRecord } from '../ports/desk-store.ts';
import type { CaseEnd } from '../ports/handoff-desk.ts';

/** How a hand-off went, as far as people were concerned. */
type Outcome = 'answered' | 'dismissed' | 'abandoned' | 'timed-out' | 'failed';

/** Takes measurements. */
export interface DeskMeters {
  waiting(queueId: string, count: number): void;
  joined(record: CaseRecord): void;
  replied(record: CaseRecord): void;
  /** `dismissed`: the desk gave a waiting visitor back to the agent. */
  closed(record: CaseRecord, why: CaseEnd | 'dismissed'): void;
}

const waitBuckets = [1, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1200, 3600];
const handleBuckets = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];

/** Declares the instruments; `label` gives the value of the label `queue` for a queue's id. */
export function deskMeters(meter: Meter, label: (queueId: string) => string): DeskMeters {
  const labels = ['queue'];
  const waiting = meter.gauge({ name: 'parley_desk_waiting', help: 'Visitors who wait for a person', labels });
  const wait = meter.histogram({
    name: 'parley_desk_wait_seconds',
    help: 'From a hand-off to a person joining it',
    labels,
    buckets: waitBuckets,
  });
  const reply = meter.histogram({
    name: 'parley_desk_first_reply_seconds',
    help: 'From a hand-off to the first words of a person',
    labels,
    buckets: waitBuckets,
  });
  const handle = meter.histogram({
    name: 'parley_desk_handle_seconds',
    help: 'From a person joining a hand-off to its end',
    labels,
    buckets: handleBuckets,
  });
  // The abandon rate is abandoned / all outcomes.
  const outcomes = meter.counter({
    name: 'parley_desk_handoffs_total',
    help: 'Hand-offs that are over: answered, dismissed by the desk, abandoned by the visitor, timed-out, failed',
    labels: ['queue', 'outcome'],
  });

  return {
    waiting: (queueId, count) => waiting.set(count, { queue: label(queueId) }),
    joined({ queueId, openedMs, joinedMs }) {
      wait.observe(((joinedMs ?? openedMs) - openedMs) / 1000, { queue: label(queueId) });
    },
    replied({ queueId, openedMs, repliedMs }) {
      reply.observe(((repliedMs ?? openedMs) - openedMs) / 1000, { queue: label(queueId) });
    },
    closed({ queueId, joinedMs, closedMs }, why) {
      const queue = label(queueId);
      outcomes.add(1, { queue, outcome: outcomeOf(joinedMs, why) });
      if (joinedMs !== null && closedMs !== null) handle.observe((closedMs - joinedMs) / 1000, { queue });
    },
  };
}

function outcomeOf(joinedMs: number | null, why: CaseEnd | 'dismissed'): Outcome {
  if (joinedMs !== null) return 'answered';
  return why === 'dismissed' || why === 'timed-out' || why === 'failed' ? why : 'abandoned';
}
