// The desk for a page or a program: signing in, the feed, commands, and everything that is known as one snapshot after
// another. Connects the parts; decides little.
import type { Attachment, DeskEvent, Suggestion } from '@parley/protocol';
import { openWebSocket } from '../ports/socket.ts';
import type { OpenSocket } from '../ports/socket.ts';
import { systemTime } from '../ports/time.ts';
import type { Time } from '../ports/time.ts';
import { UserTyping } from '../user-typing.ts';
import {
  emptyLog,
  staled,
  withDraft,
  withDraftProblem,
  withNote,
  withLine,
  withTranscript,
  withoutDraft,
} from './chat-log.ts';
import type { DeskChatLog, DeskDraft } from './chat-log.ts';
import { createDeskApi } from './desk-api.ts';
import type { DeskCredentials, DeskSignInOutcome } from './desk-api.ts';
import { DeskFeed } from './desk-feed.ts';
import type { DeskReply, DeskRequest } from './desk-feed.ts';
import type { DeskLink } from './desk-link.machine.ts';
import { disconnected, emptyPicture, hear, logged } from './desk-picture.ts';
import type { DeskPicture } from './desk-picture.ts';

/** Where the desk is, and the world around the client (the browser's by default). */
export interface DeskClientOptions {
  /** Origin of the server: `https://chat.example.com`. */
  baseUrl: string;
  /** Browsers hold a sign-in by a cookie that pages cannot read (default); programs by a token in memory. */
  session?: 'cookie' | 'token';
  time?: Time;
  /** A number in [0, 1). */
  random?: () => number;
  /** An id nobody else has. */
  newId?: () => string;
  fetch?: typeof globalThis.fetch;
  openSocket?: OpenSocket;
}

/** The client at one moment. Never changes; a change makes a new one. */
export interface DeskSnapshot extends DeskPicture {
  link: DeskLink;
}

/** A message of a person. */
export interface DeskMessage {
  text: string;
  attachments?: readonly Attachment[];
  suggestions?: readonly Suggestion[];
}

/** A client that has not started yet. */
export function createDeskClient(options: DeskClientOptions): DeskClient {
  return new DeskClient(options);
}

/** One person's desk. Methods never throw and never reject. */
export class DeskClient {
  readonly #api;
  readonly #feed: DeskFeed;
  readonly #time: Time;
  readonly #newId: () => string;
  readonly #listeners = new Set<(snapshot: DeskSnapshot) => void>();
  readonly #eventListeners = new Set<(event: DeskEvent) => void>();
  readonly #typing = new Map<string, UserTyping>();
  #picture: DeskPicture = emptyPicture;
  #snapshot: DeskSnapshot;
  /** What somebody had yet to send when their sign-in ended: it goes out when the same person is back. */
  #unsent: { personId: string; logs: DeskPicture['logs'] } | null = null;

  constructor(options: DeskClientOptions) {
    const { baseUrl, session = 'cookie', time = systemTime } = options;
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#time = time;
    this.#newId = options.newId ?? (() => crypto.randomUUID());
    this.#api = createDeskApi({ baseUrl, session, fetch, time });
    this.#feed = new DeskFeed({
      url: `${baseUrl.replace(/\/+$/, '').replace(/^http/, 'ws')}/api/v1/desk/feed`,
      api: this.#api,
      openSocket: options.openSocket ?? openWebSocket,
      time,
      random: options.random ?? Math.random,
      onEvent: (event) => this.#hear(event),
      onChange: (link) => this.#linkChanged(link),
    });
    this.#snapshot = { ...this.#picture, link: this.#feed.link };
  }

  /** Looks for a sign-in and connects; `signed-out` when there is none. */
  start(): void {
    this.#feed.step({ kind: 'start' });
  }

  /** Signs in and connects. */
  async signIn(credentials: DeskCredentials): Promise<DeskSignInOutcome> {
    const outcome = await this.#api.signIn(credentials);
    if (outcome.ok) this.#feed.step({ kind: 'signed-in' });
    return outcome;
  }

  /** Signs out, here and at the server. */
  async signOut(): Promise<void> {
    await this.#api.signOut();
    this.#picture = emptyPicture;
    this.#unsent = null;
    this.#feed.step({ kind: 'signed-out' });
  }

  /** The client at this moment. */
  snapshot(): DeskSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` with every new snapshot, until the returned function is called. */
  subscribe(listener: (snapshot: DeskSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` with everything that happens, after it is in the snapshot: for sounds and notifications. */
  onEvent(listener: (event: DeskEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Does something: accepts, transfers, leaves … Messages and notes are better written by the methods below. */
  do(request: DeskRequest): Promise<DeskReply> {
    return this.#feed.do(request);
  }

  /** The log of a chat is wanted: its transcript is asked for, and again whenever something may be missing. */
  openChat(sessionId: string): void {
    const log = this.#picture.logs.get(sessionId) ?? emptyLog(sessionId);
    if (log.reading === 'partial') this.#log(sessionId, () => ({ ...log, reading: 'stale' }));
    this.#loadStale();
  }

  /** The log of a chat is no longer wanted. */
  closeChat(sessionId: string): void {
    this.#typing.get(sessionId)?.stopped();
    this.#typing.delete(sessionId);
    const logs = new Map(this.#picture.logs);
    logs.delete(sessionId);
    this.#show({ ...this.#picture, logs });
  }

  /** Writes to the visitor, now or as soon as there is a connection. Null when there is nothing in it. */
  sendMessage(sessionId: string, { text, attachments = [], suggestions = [] }: DeskMessage): string | null {
    if (text.trim() === '' && attachments.length === 0) return null;
    this.#typing.get(sessionId)?.forget();
    return this.#write(sessionId, { kind: 'message', text, attachments, suggestions });
  }

  /** Leaves a note, now or as soon as there is a connection. Null when there is nothing in it. */
  addNote(sessionId: string, text: string): string | null {
    if (text.trim() === '') return null;
    return this.#write(sessionId, { kind: 'note', text, attachments: [], suggestions: [] });
  }

  /** Sends a failed draft again, under the same id. */
  retryDraft(sessionId: string, clientId: string): void {
    const draft = this.#picture.logs.get(sessionId)?.drafts.find((each) => each.clientId === clientId);
    if (!draft?.problem) return;
    this.#log(sessionId, (log) => withDraftProblem(log, clientId, null));
    void this.#deliver(sessionId, draft);
  }

  /** Gives a failed draft up. */
  discardDraft(sessionId: string, clientId: string): void {
    this.#log(sessionId, (log) => withoutDraft(log, clientId));
  }

  /** A key was pressed in the composer of a chat. */
  typed(sessionId: string): void {
    if (this.#feed.link.at !== 'open') return;
    const typing =
      this.#typing.get(sessionId) ??
      new UserTyping(this.#time, (state) => void this.#feed.do({ type: 'typing', sessionId, state }));
    this.#typing.set(sessionId, typing);
    typing.typed();
  }

  /** Everything that is here of a chat was seen. */
  markRead(sessionId: string): void {
    const chat = this.#picture.overview?.chats.find((each) => each.sessionId === sessionId);
    if (chat && chat.unreadCount > 0) void this.#feed.do({ type: 'read', sessionId, sequence: chat.lastSequence });
  }

  /** Tries to connect right away: the user asks for it, or the network is said to be back. */
  retryConnection(): void {
    this.#feed.step({ kind: 'retry' });
  }

  /** Makes sure that an open connection is alive: the network changed, or the page was asleep. */
  checkConnection(): void {
    this.#feed.check();
  }

  /** Lets go of the socket and all timers. The sign-in stays. */
  close(): void {
    this.#listeners.clear();
    this.#eventListeners.clear();
    for (const typing of this.#typing.values()) typing.forget();
    this.#feed.step({ kind: 'close' });
  }

  #hear(event: DeskEvent): void {
    const former = this.#picture.overview?.me.availability;
    this.#show(hear(this.#picture, event));
    if (event.type === 'desk') this.#takeUpUnsent(event.desk.me.id);
    for (const listener of this.#eventListeners) listener(event);
    this.#loadStale();
    // A desk that begins anew has forgotten what was chosen.
    if (event.type === 'desk' && former === 'available' && event.desk.me.availability === 'away') {
      void this.#feed.do({ type: 'set-availability', availability: former });
    }
  }

  #linkChanged(link: DeskLink): void {
    if (link.at === 'signed-out') {
      const { overview, logs } = this.#picture;
      if (overview) this.#unsent = { personId: overview.me.id, logs };
      this.#picture = emptyPicture;
    }
    if (link.at !== 'open') {
      for (const typing of this.#typing.values()) typing.forget();
      this.#picture = disconnected(this.#picture);
    }
    this.#show(this.#picture);
    if (link.at === 'open') this.#deliverDrafts();
  }

  #write(sessionId: string, content: Omit<DeskDraft, 'clientId' | 'writtenMs' | 'problem'>): string {
    const draft = { ...content, clientId: this.#newId(), writtenMs: this.#time.nowMs(), problem: null };
    this.#log(sessionId, (log) => withDraft(log, draft));
    void this.#deliver(sessionId, draft);
    return draft.clientId;
  }

  /** Nobody sends what somebody else wrote. */
  #takeUpUnsent(personId: string): void {
    const unsent = this.#unsent;
    this.#unsent = null;
    if (unsent?.personId !== personId) return;
    for (const { sessionId, drafts } of unsent.logs.values()) {
      if (drafts.length > 0) this.#log(sessionId, (log) => ({ ...log, drafts }));
    }
    this.#deliverDrafts();
  }

  /** A repeat goes by the same id, so the server takes it once. */
  #deliverDrafts(): void {
    for (const { sessionId, drafts } of this.#picture.logs.values()) {
      for (const draft of drafts) if (!draft.problem) void this.#deliver(sessionId, draft);
    }
  }

  async #deliver(sessionId: string, draft: DeskDraft): Promise<void> {
    if (this.#feed.link.at !== 'open') return;
    const reply = await this.#feed.do(requestOf(sessionId, draft));
    if (reply.ok) {
      const { line, note } = reply.result;
      this.#log(sessionId, (log) => {
        const kept = withoutDraft(line ? withLine(log, line) : log, draft.clientId);
        return note ? withNote(kept, note) : kept;
      });
    } else if (reply.problem.code !== 'DISCONNECTED') {
      this.#log(sessionId, (log) => withDraftProblem(log, draft.clientId, reply.problem));
    }
  }

  #loadStale(): void {
    if (this.#feed.link.at !== 'open' || !this.#picture.overview) return;
    for (const { sessionId, reading } of this.#picture.logs.values()) {
      if (reading === 'stale') void this.#load(sessionId);
    }
  }

  /** Whoever may not read it, or comes too late, keeps what is there. */
  async #load(sessionId: string): Promise<void> {
    this.#log(sessionId, (log) => ({ ...log, reading: 'loading' }));
    const reply = await this.#feed.do({ type: 'transcript', sessionId });
    if (!this.#picture.logs.has(sessionId)) return;
    const transcript = reply.ok ? reply.result.transcript : undefined;
    if (transcript) this.#log(sessionId, (log) => withTranscript(log, transcript));
    else if (!reply.ok && reply.problem.code === 'DISCONNECTED') this.#log(sessionId, staled);
    else this.#log(sessionId, (log) => ({ ...log, reading: 'partial' }));
  }

  #log(sessionId: string, change: (log: DeskChatLog) => DeskChatLog): void {
    this.#show(logged(this.#picture, sessionId, change));
  }

  #show(picture: DeskPicture): void {
    this.#picture = picture;
    this.#snapshot = { ...picture, link: this.#feed.link };
    for (const listener of this.#listeners) listener(this.#snapshot);
  }
}

function requestOf(sessionId: string, { kind, clientId, text, attachments, suggestions }: DeskDraft): DeskRequest {
  if (kind === 'note') return { type: 'note', sessionId, clientId, text };
  return {
    type: 'send',
    sessionId,
    clientId,
    text,
    attachments: [...attachments],
    suggestions: [...suggestions],
  };
}
