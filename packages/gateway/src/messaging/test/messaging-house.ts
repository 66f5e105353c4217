// The messaging room with nothing real around it: time stands still, the store is in the test's hands.
import { encodeClientFrame } from '@parley/protocol';
import type { ClientEvent, Custom } from '@parley/protocol';
import { FakeTime, countingIds, silentLog, silentMeter } from '../../kit/index.ts';
import type { Connection } from '../connection.ts';
import { Connections } from '../connections.ts';
import type { LiveSession } from '../live-session.ts';
import type { Participant } from '../ports/participant.ts';
import { Sessions } from '../sessions.ts';
import type { MessagingSettings } from '../settings.ts';
import { HandStore } from './hand-store.ts';
import { RecordingSocket } from './recording-socket.ts';

/** The defaults of a gateway, without a limit on events. */
const defaults: MessagingSettings = {
  idleTimeoutMs: 600_000,
  abandonedAfterMs: 7_200_000,
  endedReplayMs: 600_000,
  heartbeatIntervalSeconds: 30,
  maxReconnectAttempts: 5,
  maxConnections: 10,
  maxMessageBytes: 131_072,
  eventsPerSecond: 0,
  maxBufferedBytes: 1_000_000,
};

/** A client on a socket. */
export interface Client {
  socket: RecordingSocket;
  connection: Connection;
  /** Sends an event. */
  send(event: ClientEvent, custom?: Custom): void;
  /** Sends a frame as it is. */
  sendText(text: string): void;
}

/** A process with this room in it. */
export interface MessagingHouse {
  time: FakeTime;
  store: HandStore;
  sessions: Sessions;
  connections: Connections;
  /** The connector of every session here. */
  connector: { isThere: boolean };
  begin(options?: { streaming?: boolean }): Promise<LiveSession>;
  /** A client whose replay is still under way when this returns. */
  connect(session: LiveSession, after?: number): Client;
}

/** A conversation that is under way: the agent has joined, and clients follow. */
export interface Conversation {
  house: MessagingHouse;
  session: LiveSession;
  clients: Client[];
  /** The first of them. */
  client: Client;
}

/** What is different in a house. */
export interface HouseOptions {
  settings?: Partial<MessagingSettings>;
  participants?: Participant[];
  /** The house that this one comes after: its store and time go on. */
  former?: MessagingHouse;
}

/** Opens a house. */
export function messagingHouse(options: HouseOptions = {}): MessagingHouse {
  const { participants = [], former } = options;
  const time = former?.time ?? new FakeTime();
  const store = former?.store ?? new HandStore();
  const settings = { ...defaults, ...options.settings };
  const newId = countingIds(former ? 'later' : 'id');
  const parts = { store, clock: time, timers: time, newId, log: silentLog, meter: silentMeter, settings };
  const sessions = new Sessions({ ...parts, agentOf: () => ({ name: 'Ada' }) });
  for (const participant of participants) sessions.add(participant);
  const connector = { isThere: true };
  const connections = new Connections({ ...parts, connectors: { watch: () => connector } });
  return {
    time,
    store,
    sessions,
    connections,
    connector,
    begin: ({ streaming = false } = {}) => sessions.create({ ...anyone, streaming }),
    connect(session, after = 0) {
      const socket = new RecordingSocket();
      const connection = connections.connect(session, socket, after);
      const sendText = (text: string): void => connection.received(text, Buffer.byteLength(text));
      return { socket, connection, sendText, send: (event, custom) => sendText(encodeClientFrame({ event, custom })) };
    },
  };
}

const anyone: Parameters<Sessions['create']>[0] = {
  connectorId: 'shop-connector',
  account: 'acme',
  project: 'shop',
  agentId: 'ada',
  variantId: null,
  subject: 'user-1',
  door: 'messaging',
  channel: 'webchat.polyai',
  streaming: false,
  platform: 'web',
  deviceType: null,
  userAgent: null,
  contextId: null,
};

/** A conversation with so many clients. Three events are in its journal; what clients were shown is forgotten. */
export async function conversation(count: number = 1, options: HouseOptions = {}): Promise<Conversation> {
  const house = messagingHouse(options);
  const session = await house.begin();
  session.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
  session.execute({ type: 'turn-answered', turnId: turnOf(session) });
  await settle();
  const clients = Array.from({ length: count }, () => house.connect(session, session.publishedSequence));
  await settle();
  for (const { socket } of clients) socket.frames.length = 0;
  const [client] = clients;
  if (!client) throw new Error('a conversation has at least one client');
  return { house, session, clients, client };
}

/** The id of the open turn; without one, an id that no turn has. */
export function turnOf({ state }: LiveSession): string {
  return state.turn?.id ?? 'no-turn';
}

/** Lets everything happen that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
