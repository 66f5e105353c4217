// What somebody at the desk must be told of: read out, and where they look elsewhere, heard and notified.
import type { DeskEvent, DeskOverview } from '@parley/protocol';
import { visitorName } from './visitor-text.ts';
import { answersQueue, queueName } from './waiting-groups.ts';

/** One piece of news. */
export interface News {
  kind: 'waiting' | 'message' | 'given' | 'note' | 'over';
  sessionId: string;
  /** Who or what it is about. */
  title: string;
  /** What a notification says under the title. */
  detail: string;
}

/** Characters of a message that are read out or notified of; the rest stands in the conversation. */
const LONGEST_DETAIL = 300;

/** The news in an event; `before`: what was known before it. What one did oneself is none. */
export function newsOf(event: DeskEvent, before: DeskOverview | null): News | undefined {
  if (!before) return undefined;
  const { me, queues } = before;
  const chatOf = (id: string): DeskOverview['chats'][number] | undefined =>
    before.chats.find(({ sessionId }) => sessionId === id);
  switch (event.type) {
    case 'waiting': {
      const { waiting } = event;
      const { sessionId, queueId, preview } = waiting;
      const isKnown = before.waiting.some((each) => each.sessionId === sessionId);
      if (isKnown || !answersQueue(me, queueId)) return undefined;
      const title = `${visitorName(waiting)} is waiting in ${queueName(queues, queueId)}`;
      return { kind: 'waiting', sessionId, title, detail: preview };
    }
    case 'line': {
      const chat = chatOf(event.sessionId);
      if (!chat || chat.mine === 'no' || event.line.speaker !== 'user') return undefined;
      const { text } = event.line;
      return { kind: 'message', sessionId: chat.sessionId, title: visitorName(chat), detail: briefly(text) };
    }
    case 'note': {
      const { sessionId, by, text } = event.note;
      const chat = chatOf(sessionId);
      if (!chat || by.id === me.id) return undefined;
      return { kind: 'note', sessionId, title: `Note by ${by.name} on ${visitorName(chat)}`, detail: briefly(text) };
    }
    case 'chat': {
      const { chat } = event;
      const isNew = chat.mine === 'in' && chatOf(chat.sessionId)?.mine !== 'in';
      if (!isNew) return undefined;
      return {
        kind: 'given',
        sessionId: chat.sessionId,
        title: `You have the chat with ${visitorName(chat)}`,
        detail: '',
      };
    }
    case 'chat-over': {
      const chat = chatOf(event.sessionId);
      if (!chat || chat.mine !== 'in' || event.by?.id === me.id) return undefined;
      const title = `The chat with ${visitorName(chat)} is over`;
      return { kind: 'over', sessionId: chat.sessionId, title, detail: overText(event) };
    }
    case 'desk':
    case 'queue':
    case 'waiting-over':
    case 'typing':
    case 'person':
      return undefined;
  }
}

function briefly(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST_DETAIL ? `${characters.slice(0, LONGEST_DETAIL).join('')}…` : text;
}

/** Why a chat is over, in a sentence. */
export function overText({ why, by }: Pick<DeskEvent & { type: 'chat-over' }, 'why' | 'by'>): string {
  const who = by?.name;
  switch (why) {
    case 'over':
      return who === undefined ? 'The conversation has ended.' : `${who} has ended the conversation.`;
    case 'returned':
      return who === undefined ? 'It is with the agent again.' : `${who} gave it back to the agent.`;
    case 'transferred':
      return who === undefined ? 'It was moved.' : `It is with ${who} now.`;
    case 'requeued':
      return who === undefined ? 'It waits in the queue again.' : `${who} put it back into the queue.`;
    case 'left':
      return 'You are no longer in it.';
  }
}

/** How news is read out. A message in the chat one looks at says who by itself. */
export function spokenNews({ kind, title, detail }: News): string {
  if (detail === '') return title;
  return kind === 'message' ? `${title}: ${detail}` : `${title}. ${detail}`;
}
