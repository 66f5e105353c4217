// A conversation with a Parley server, whole: finds or makes the session, stays connected, delivers what
// the user writes, and shows everything as one snapshot after another. Connects the parts; decides little.
import { decodeServerFrame, encodeClientFrame } from '@parley/protocol';
import type { ClientEvent } from '@parley/protocol';
import type { Connection } from './connection.machine.ts';
import { SessionConnection } from './connection.ts';
import { asksForAgent } from './conversation.ts';
import { LiveConversation } from './live-conversation.ts';
import { openWebSocket } from './ports/socket.ts';
import type { OpenSocket } from './ports/socket.ts';
import { memoryStorage } from './ports/storage.ts';
import type { Storage } from './ports/storage.ts';
import { systemTime } from './ports/time.ts';
import type { Time } from './ports/time.ts';
import { savedSession } from './saved-session.ts';
import { createSessionApi } from './session-api.ts';
import { takeSnapshot } from './snapshot.ts';
import type { ParleySnapshot } from './snapshot.ts';
import type { Timeline } from './timeline/timeline.ts';
import { UserTyping } from './user-typing.ts';

/** Where the server is, who we are to it, and the world around the client (the browser's by default). */
export interface ParleyClientOptions {
  /** Origin of the server: `https://chat.example.com`. */
  baseUrl: string;
  /** The connector's token. */
  token: string;
  /** The page's host or an app's namespace, as the connector knows it. */
  host: string;
  /** Whether answers come in pieces as they are written; true by default. */
  streaming?: boolean;
  /** Where the session is remembered; in memory by default, `sessionStorage` survives a reload. */
  storage?: Storage;
  time?: Time;
  /** A number in [0, 1). */
  random?: () => number;
  /** An id nobody else has. */
  newId?: () => string;
  fetch?: typeof globalThis.fetch;
  openSocket?: OpenSocket;
}

const DEFAULT_MAX_ATTEMPTS = 10;
const DEFAULT_HEARTBEAT_SECONDS = 30;
/** Joins asked for in a row because the server had nobody to answer. */
const MAX_REJOINS = 3;

/** A client that has not started yet. */
export function createParleyClient(options: ParleyClientOptions): ParleyClient {
  return new ParleyClient(options);
}

/** One user in one conversation at a time. Methods never throw; what comes of them shows in the snapshot. */
export class ParleyClient {
  readonly #connection: SessionConnection;
  readonly #conversation: LiveConversation;
  readonly #typing: UserTyping;
  readonly #newId: () => string;
  readonly #listeners = new Set<(snapshot: ParleySnapshot) => void>();
  #snapshot: ParleySnapshot;
  /** The present socket has replayed what we missed. */
  #isCaughtUp = false;
  #isEnding = false;
  #lostSession = false;
  #rejoins = 0;
  /** The name of calls that belong to this conversation. */
  #callSid: string | undefined;

  constructor(options: ParleyClientOptions) {
    const { baseUrl, token, host, streaming = true, time = systemTime } = options;
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#typing = new UserTyping(time, (state) => this.#send({ type: 'user-typing', state }));
    this.#newId = options.newId ?? (() => crypto.randomUUID());
    this.#conversation = new LiveConversation({
      time,
      newId: this.#newId,
      send: (frame) => this.#connection.send(frame),
      onChange: () => this.#changed(),
    });
    this.#connection = new SessionConnection({
      api: createSessionApi({ baseUrl, token, host, streaming, fetch, time }),
      openSocket: options.openSocket ?? openWebSocket,
      saved: savedSession(options.storage ?? memoryStorage(), { baseUrl, token, host }),
      time,
      random: options.random ?? Math.random,
      limits: () => this.#limits(),
      cursor: () => this.#conversation.state.journal.lastSequence,
      heartbeatFrame: encodeClientFrame({ event: { type: 'heartbeat' } }),
      onFrame: (text) => this.#hear(text),
      onChange: (state) => this.#connectionChanged(state),
      onSessionLost: () => this.#sessionLost(),
    });
    this.#snapshot = this.#takeSnapshot();
  }

  /** Picks the remembered conversation up again, or begins a new one. */
  start(): void {
    this.#connection.start();
  }

  /** The client at this moment. */
  snapshot(): ParleySnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` with every new snapshot, until the returned function is called. */
  subscribe(listener: (snapshot: ParleySnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends a message, now or as soon as there is a socket. False when it is blank or the chat is over. */
  sendText(text: string): boolean {
    const trimmed = text.trim();
    if (trimmed === '' || this.#snapshot.status === 'ended') return false;
    this.#typing.stopped();
    this.#conversation.write(trimmed);
    return true;
  }

  /** Sends a failed message again, under the same id. */
  retryMessage(localId: string): void {
    this.#conversation.retry(localId);
  }

  /** The user pressed a key in the composer. */
  sendTyping(): void {
    if (this.#isCaughtUp) this.#typing.typed();
  }

  /** Asks the automatic agent to join; harmless when it is there already. */
  requestAgent(): void {
    this.#send({ type: 'request-poly-agent-join' });
  }

  /** Makes a voice call part of this conversation, whenever it begins: what is said on it appears here. Returns the
   * name that the call must have; a session has only one, so that another try goes by the same. */
  linkCall(): string {
    this.#callSid ??= this.#newId();
    if (this.#isCaughtUp) this.#sendLink();
    return this.#callSid;
  }

  /** Ends the conversation, as soon as there is a socket to say so. */
  end(): void {
    this.#isEnding = true;
    if (this.#isCaughtUp) this.#send({ type: 'user-end-session' });
  }

  /** Leaves this conversation (ending it where possible) and begins a new one. */
  startOver(): void {
    if (this.#isCaughtUp && this.#snapshot.status !== 'ended') this.#send({ type: 'user-end-session' });
    this.#conversation.reset('drop-drafts');
    this.#connection.startOver();
    this.#lostSession = false;
    this.#changed();
  }

  /** Tries to connect right away: the user asks for it, or the network is said to be back. */
  retryConnection(): void {
    this.#connection.retry();
  }

  /** Makes sure that an open socket is alive: the network changed, or the page was asleep. */
  checkConnection(): void {
    this.#connection.check();
  }

  /** Lets go of the socket and all timers. The conversation goes on and is found again by a new client. */
  close(): void {
    this.#listeners.clear();
    this.#connection.close();
  }

  #hear(text: string): void {
    const envelopes = decodeServerFrame(text) ?? [];
    this.#conversation.hear(envelopes);
    if (!this.#isCaughtUp) this.#caughtUp();
    if (this.#timeline.agent) this.#rejoins = 0;
    if (envelopes.some(asksForAgent)) this.#rejoin();
    if (this.#timeline.end !== undefined) this.#connection.sessionEnded();
  }

  // The first frame on every socket is the replay.
  #caughtUp(): void {
    this.#isCaughtUp = true;
    if (this.#timeline.end !== undefined) return;
    if (!this.#timeline.agentRequested) this.requestAgent();
    this.#sendLink();
    this.#conversation.connected();
    if (this.#isEnding) this.#send({ type: 'user-end-session' });
  }

  #rejoin(): void {
    this.#rejoins += 1;
    if (this.#rejoins <= MAX_REJOINS) this.requestAgent();
  }

  #connectionChanged(state: Connection): void {
    if (state.at === 'open') return this.#changed();
    this.#isCaughtUp = false;
    this.#typing.forget();
    this.#conversation.disconnected(state.at === 'ended');
  }

  #sessionLost(): void {
    this.#isEnding = false;
    this.#rejoins = 0;
    this.#lostSession = true;
    this.#callSid = undefined;
    this.#conversation.reset('keep-drafts');
  }

  #changed(): void {
    this.#snapshot = this.#takeSnapshot();
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  #takeSnapshot(): ParleySnapshot {
    return takeSnapshot(this.#conversation.state, this.#connection.state, this.#lostSession);
  }

  // The same link again changes nothing; the one before may have been lost with its socket.
  #sendLink(): void {
    const callSid = this.#callSid;
    if (callSid !== undefined) this.#send({ type: 'link-to-webrtc-conversation', callSid });
  }

  #send(event: ClientEvent): void {
    this.#connection.send(encodeClientFrame({ event }));
  }

  #limits(): { maxAttempts: number; heartbeatMs: number } {
    const { capabilities } = this.#timeline;
    return {
      maxAttempts: capabilities?.maxReconnectAttempts ?? DEFAULT_MAX_ATTEMPTS,
      heartbeatMs: 1000 * (capabilities?.heartbeatIntervalSeconds ?? DEFAULT_HEARTBEAT_SECONDS),
    };
  }

  get #timeline(): Timeline {
    return this.#conversation.state.journal.timeline;
  }
}
