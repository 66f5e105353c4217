// Follows the conversation that is looked at: its transcript is loaded, supervisors listen in, what is seen is read.
import type { DeskClient } from '@parley/client';
import type { DeskOverview } from '@parley/protocol';
import { useEffect } from 'preact/hooks';
import type { Shown } from './model/page-state.ts';
import { useAttention } from './use-attention.ts';

interface Followed {
  shown: Shown;
  me: DeskOverview['me'];
  /** Whether the conversation is in sight; small screens show one thing at a time. */
  isInSight: boolean;
}

/** Has the transcripts of one's own chats at hand: lists show what was said last, and opening one takes no time. */
export function useOwnTranscripts(client: DeskClient, { chats }: Pick<DeskOverview, 'chats'>): void {
  const own = chats.filter(({ mine }) => mine === 'in').map(({ sessionId }) => sessionId);
  useEffect(() => {
    for (const sessionId of own) client.openChat(sessionId);
  }, [client, own.join(' ')]);
}

/** Follows for as long as it is looked at. */
export function useFollowedChat(client: DeskClient, { shown, me, isInSight }: Followed): void {
  const attends = useAttention();
  const supervises = me.role === 'supervisor';
  const chat = shown.at === 'chat' ? shown.chat : undefined;
  const sessionId = chat?.sessionId ?? (shown.at === 'waiting' ? shown.waiting.sessionId : undefined);
  const mayRead = chat !== undefined || (shown.at === 'waiting' && supervises);
  const listens = chat !== undefined && chat.mine !== 'in' && supervises;

  useEffect(() => {
    if (sessionId !== undefined && mayRead) client.openChat(sessionId);
  }, [client, sessionId, mayRead, chat?.mine === 'in']);

  // A server that was started anew doesn't know who listened.
  useEffect(() => {
    if (sessionId !== undefined && listens && chat?.mine === 'no') void client.do({ type: 'watch', sessionId });
  }, [client, sessionId, listens, chat?.mine]);

  useEffect(() => {
    if (sessionId === undefined || !listens) return;
    return () => void client.do({ type: 'unwatch', sessionId });
  }, [client, sessionId, listens]);

  useEffect(() => {
    if (chat && chat.unreadCount > 0 && attends && isInSight) client.markRead(chat.sessionId);
  }, [client, chat?.sessionId, chat?.unreadCount, attends, isInSight]);
}
