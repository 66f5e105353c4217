// What somebody at the desk can do by a click or a key. What fails is told.
import type { DeskClient, DeskReply, DeskRequest } from '@parley/client';
import type { DeskAvailability } from '@parley/protocol';
import { neighbour } from './model/chat-items.ts';
import type { ChatItem } from './model/chat-items.ts';
import type { PageAction } from './model/page-state.ts';
import { problemText } from './model/problem-text.ts';
import type { Tell } from './use-tellings.ts';

/** Where a chat is moved to. */
export type TransferTarget = { queueId: string } | { personId: string };

/** All that can be done. Nothing of it throws or rejects. */
export interface DeskHands {
  /** Whether one is taking a chat at this moment: what one takes is no news. */
  isTaking: () => boolean;
  select: (sessionId: string) => void;
  accept(sessionId: string): Promise<void>;
  acceptNext(): Promise<void>;
  setAvailability(availability: DeskAvailability): Promise<void>;
  transfer(sessionId: string, to: TransferTarget, name: string): Promise<void>;
  /** `end` and `agent` say what follows when nobody else is in the chat. */
  leave(sessionId: string, next: 'end' | 'agent'): Promise<void>;
  /** Gives somebody who waits back to the agent. */
  dismiss(sessionId: string): Promise<void>;
  join(sessionId: string): Promise<void>;
  /** A token with which the visitor's call is taken; undefined when it can't be. */
  callToken(sessionId: string): Promise<string | undefined>;
  /** Has the caller wait, or talks with them again. */
  holdCall(sessionId: string, held: boolean): Promise<void>;
  /** Ends the visitor's call. */
  hangUpCall(sessionId: string): Promise<void>;
  /** Takes a chat out of sight: one that is over, or that one no longer listens to. */
  putAway(sessionId: string): void;
}

interface HandsParts {
  client: DeskClient;
  dispatch: (action: PageAction) => void;
  tell: Tell;
  /** One's own chats as they are now. */
  items: () => readonly ChatItem[];
  /** The keyboard goes to what is looked at. */
  focusChat: () => void;
}

/** Hands for one page. */
export function createHands({ client, dispatch, tell, items, focusChat }: HandsParts): DeskHands {
  async function tryTo(request: DeskRequest): Promise<Extract<DeskReply, { ok: true }> | undefined> {
    const reply = await client.do(request);
    if (reply.ok) return reply;
    tell(problemText(reply.problem), 'problem');
    return undefined;
  }

  let taking = 0;
  async function tryToTake(request: DeskRequest): Promise<Extract<DeskReply, { ok: true }> | undefined> {
    taking += 1;
    const reply = await tryTo(request);
    taking -= 1;
    return reply;
  }

  function select(sessionId: string): void {
    dispatch({ do: 'select', sessionId });
    focusChat();
  }

  function putAway(sessionId: string): void {
    const others = items().filter((item) => item.sessionId === sessionId || !item.isOver);
    const next = neighbour(others, sessionId, 1);
    client.closeChat(sessionId);
    dispatch({ do: 'put-away', sessionId, next: next === undefined || next === sessionId ? null : next });
    focusChat();
  }

  return {
    select,
    putAway,
    isTaking: () => taking > 0,
    async accept(sessionId) {
      if (await tryToTake({ type: 'accept', sessionId })) select(sessionId);
    },
    async acceptNext() {
      const reply = await tryToTake({ type: 'accept-next' });
      if (reply?.result.sessionId !== undefined) select(reply.result.sessionId);
    },
    async setAvailability(availability) {
      if (!(await tryTo({ type: 'set-availability', availability }))) return;
      tell(availability === 'available' ? 'You are available.' : 'You are away.', 'quiet');
    },
    async transfer(sessionId, to, name) {
      dispatch({ do: 'close-dialog' });
      if (!(await tryTo({ type: 'transfer', sessionId, ...to }))) return;
      putAway(sessionId);
      tell(`Moved to ${name}.`);
    },
    async leave(sessionId, next) {
      dispatch({ do: 'close-dialog' });
      if (!(await tryTo({ type: 'leave', sessionId, next }))) return;
      putAway(sessionId);
      tell(next === 'agent' ? 'The agent has the chat again.' : 'You have left the chat.');
    },
    async dismiss(sessionId) {
      dispatch({ do: 'close-dialog' });
      if (!(await tryTo({ type: 'dismiss', sessionId }))) return;
      putAway(sessionId);
      tell('The agent has the chat again.');
    },
    async callToken(sessionId) {
      return (await tryTo({ type: 'call-token', sessionId }))?.result.callToken?.token;
    },
    async holdCall(sessionId, held) {
      await tryTo({ type: 'hold-call', sessionId, held });
    },
    async hangUpCall(sessionId) {
      if (await tryTo({ type: 'hang-up-call', sessionId })) tell('The call is over.');
    },
    async join(sessionId) {
      if (await tryToTake({ type: 'join', sessionId })) select(sessionId);
    },
  };
}
