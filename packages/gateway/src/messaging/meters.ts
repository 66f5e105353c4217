// What the messaging room measures.
import type { Counter, Gauge, Meter } from '../kit/index.ts';

/** The instruments of connections. */
export interface MessagingMeters {
  connections: Gauge;
  received: Counter;
  dropped: Counter;
  refused: Counter;
  slowReaders: Counter;
}

/** Declares the instruments. */
export function messagingMeters(meter: Meter): MessagingMeters {
  return {
    connections: meter.gauge({ name: 'parley_connections', help: 'Open messaging sockets' }),
    received: meter.counter({
      name: 'parley_client_events_total',
      help: 'Events received from clients, by type',
      labels: ['type'],
    }),
    dropped: meter.counter({
      name: 'parley_client_events_dropped_total',
      help: 'Client events dropped because their session sent too many, by type',
      labels: ['type'],
    }),
    refused: meter.counter({ name: 'parley_client_frames_refused_total', help: 'Frames that were no valid event' }),
    slowReaders: meter.counter({
      name: 'parley_slow_readers_total',
      help: 'Sockets closed because their client read too slowly',
    }),
  };
}
