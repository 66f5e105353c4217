// What is measured of deliveries and of events.
import type { BridgeDeliveryType, BridgeEvent } from '@parley/protocol';
import type { Meter } from '../../kit/index.ts';
import type { DeliveryStatus } from '../ports/delivery-store.ts';

/** Takes measurements. */
export interface DeliveryMeters {
  /** A delivery was tried, or dropped; `retried` when it will be tried again. */
  tried(type: BridgeDeliveryType, outcome: Exclude<DeliveryStatus, 'waiting'> | 'retried'): void;
  /** How many wait. */
  waiting(count: number): void;
  /** An event of a desk came in. */
  event(type: BridgeEvent['type'], outcome: 'applied' | 'no-change' | 'repeated' | 'refused'): void;
}

/** Declares the instruments. */
export function deliveryMeters(meter: Meter): DeliveryMeters {
  const tries = meter.counter({
    name: 'parley_handoff_deliveries_total',
    help: 'Tries to tell other desks something: delivered, retried, refused, given-up, and dropped without a try',
    labels: ['type', 'outcome'],
  });
  const waiting = meter.gauge({
    name: 'parley_handoff_deliveries_waiting',
    help: 'Deliveries to other desks that are still to be made',
  });
  const events = meter.counter({
    name: 'parley_handoff_events_total',
    help: 'Events of other desks: applied, no-change, repeated, refused',
    labels: ['type', 'outcome'],
  });
  return {
    tried: (type, outcome) => tries.add(1, { type, outcome }),
    waiting: (count) => waiting.set(count),
    event: (type, outcome) => events.add(1, { type, outcome }),
  };
}
