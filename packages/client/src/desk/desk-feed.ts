// The feed: one socket after another, whatever the connection machine decides. News go to the owner in order;
// commands are answered, or told that the connection is gone.
import { decodeDeskServerFrame, encodeDeskClientFrame } from '@parley/protocol';
import type { DeskCommand, DeskEvent, DeskProblem, DeskResult } from '@parley/protocol';
import { Heartbeat } from '../heartbeat.ts';
import type { OpenSocket, Socket } from '../ports/socket.ts';
import type { Time, Timer } from '../ports/time.ts';
import type { DeskApi } from './desk-api.ts';
import { stepDeskLink } from './desk-link.machine.ts';
import type { DeskLink, DeskLinkEffect, DeskLinkInput } from './desk-link.machine.ts';

/** How a command was answered. The code `DISCONNECTED` is this client's own: nobody knows what came of it. */
export type DeskReply = { ok: true; result: DeskResult } | { ok: false; problem: DeskProblem };

/** A command without the id it is answered by. */
export type DeskRequest = WithoutId<DeskCommand>;
type WithoutId<Command> = Command extends unknown ? Omit<Command, 'commandId'> : never;

/** What a feed needs, and whom it tells. */
export interface DeskFeedParts {
  /** Where the feed is, without the cursor: `wss://chat.example.com/api/v1/desk/feed`. */
  url: string;
  api: DeskApi;
  openSocket: OpenSocket;
  time: Time;
  /** A number in [0, 1). */
  random: () => number;
  onEvent: (event: DeskEvent) => void;
  onChange: (link: DeskLink) => void;
}

const PING_EVERY_MS = 25_000;
const disconnected: DeskProblem = {
  code: 'DISCONNECTED',
  message: 'The connection was lost before this was answered.',
  by: null,
};

/** The one feed of a client. */
export class DeskFeed {
  readonly #parts: DeskFeedParts;
  readonly #waiting = new Map<string, (reply: DeskReply) => void>();
  #link: DeskLink = { at: 'idle' };
  #socket: Socket | undefined;
  #heartbeat: Heartbeat | undefined;
  #alarm: Timer | undefined;
  #cursor: string | undefined;
  #commands = 0;

  constructor(parts: DeskFeedParts) {
    this.#parts = parts;
  }

  get link(): DeskLink {
    return this.#link;
  }

  /** Something happened outside. */
  step(input: DeskLinkInput): void {
    const { time, random } = this.#parts;
    const { next, effects } = stepDeskLink(this.#link, input, { nowMs: time.nowMs(), random: random() });
    if (next === this.#link) return;
    this.#link = next;
    this.#alarm?.cancel();
    if (next.at !== 'open') this.#letGo();
    if (next.at === 'signed-out') this.#cursor = undefined;
    for (const effect of effects) this.#perform(effect);
    this.#parts.onChange(next);
  }

  /** Makes sure that an open socket is alive. */
  check(): void {
    this.#heartbeat?.check();
  }

  /** Sends a command and resolves with its answer. Never rejects. */
  do(request: DeskRequest): Promise<DeskReply> {
    if (this.#link.at !== 'open') return Promise.resolve({ ok: false, problem: disconnected });
    const commandId = String(++this.#commands);
    return new Promise((resolve) => {
      this.#waiting.set(commandId, resolve);
      this.#socket?.send(encodeDeskClientFrame({ ...request, commandId }));
    });
  }

  #perform(effect: DeskLinkEffect): void {
    switch (effect.do) {
      case 'check':
        return void this.#check(this.#link);
      case 'open':
        return this.#open();
      case 'drop':
        this.#socket?.close(1000);
        this.#socket = undefined;
        return;
      case 'set-alarm':
        this.#alarm = this.#parts.time.after(effect.inMs, () => this.step({ kind: 'alarm' }));
    }
  }

  async #check(asked: DeskLink): Promise<void> {
    const answer = await this.#parts.api.check();
    if (this.#link === asked) this.step({ kind: 'checked', answer });
  }

  #open(): void {
    const { url, api, openSocket } = this.#parts;
    const cursor = this.#cursor;
    const { token } = api;
    const query = cursor === undefined || token !== undefined ? '' : `?${new URLSearchParams({ cursor }).toString()}`;
    const socket = openSocket(url + query, {
      opened: () => {
        if (token !== undefined) {
          socket.send(encodeDeskClientFrame({ type: 'authenticate', token, ...(cursor !== undefined && { cursor }) }));
        }
        this.step({ kind: 'opened' });
        if (this.#link.at === 'open') this.#keepAlive(socket);
      },
      received: (text) => this.#received(text),
      closed: () => this.step({ kind: 'socket-closed' }),
    });
    this.#socket = socket;
  }

  #keepAlive(socket: Socket): void {
    this.#heartbeat = new Heartbeat({
      time: this.#parts.time,
      intervalMs: () => PING_EVERY_MS,
      send: () => socket.send(encodeDeskClientFrame({ type: 'ping' })),
      onSilence: () => this.step({ kind: 'silent' }),
    });
  }

  #received(text: string): void {
    this.#heartbeat?.heard();
    const frame = decodeDeskServerFrame(text);
    if (!frame) return;
    switch (frame.type) {
      case 'pong':
      case 'error':
        return;
      case 'done':
        return this.#answer(frame.commandId, { ok: true, result: frame });
      case 'refused':
        return this.#answer(frame.commandId, { ok: false, problem: frame.problem });
      default:
        this.#cursor = frame.cursor;
        this.#parts.onEvent(frame);
    }
  }

  #answer(commandId: string, reply: DeskReply): void {
    this.#waiting.get(commandId)?.(reply);
    this.#waiting.delete(commandId);
  }

  #letGo(): void {
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    for (const commandId of this.#waiting.keys()) this.#answer(commandId, { ok: false, problem: disconnected });
  }
}
