import type { AgentMessage, ParleySnapshot, TimelineItem } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { announcements } from './announcements.ts';

const timestamp = '2026-01-01T12:00:00.000Z';

function snapshot(items: TimelineItem[], part: Partial<ParleySnapshot> = {}): ParleySnapshot {
  return {
    status: 'active',
    connection: { at: 'open', attempt: 0, sinceMs: 0 },
    timeline: { items, suggestions: [], handoff: { at: 'none' }, agentRequested: true },
    pending: [],
    lostSession: false,
    ...part,
  };
}

function message(text: string, complete: boolean, key = 'm1'): AgentMessage {
  const speaker = { kind: 'agent', name: 'Ada' } as const;
  return {
    kind: 'agent-message',
    key,
    timestamp,
    messageId: key,
    speaker,
    text,
    attachments: [],
    callActions: [],
    complete,
  };
}

const said = (before: ParleySnapshot, after: ParleySnapshot): string[] =>
  announcements(before, after, (markdown) => markdown.replaceAll('*', ''));

describe('announcements', () => {
  it('a message that streams in is read once, when it is whole', () => {
    const stages = [[], [message('Hel', false)], [message('Hello', false)], [message('**Hello!**', true)]].map(
      (items) => snapshot(items),
    );
    const lines = stages.slice(1).flatMap((after, index) => said(stages[index]!, after));
    expect(lines).toEqual(['Ada: Hello!']);
  });

  it('what was heard in a call is not read out over it', () => {
    expect(said(snapshot([]), snapshot([{ ...message('Hello', true), saidBy: 'voice' }]))).toEqual([]);
  });

  it('nothing is read twice', () => {
    const both = snapshot([message('Hello', true)]);
    expect(said(both, both)).toEqual([]);
  });

  it('the words of the user are not read back', () => {
    const own: TimelineItem = { kind: 'user-message', key: 'u1', timestamp, text: 'Hi', messageId: 'u1' };
    expect(said(snapshot([]), snapshot([own]))).toEqual([]);
  });

  it('a replay is counted rather than read', () => {
    const replay = ['a', 'b', 'c', 'd'].map((key) => message(key, true, key));
    expect(said(snapshot([]), snapshot(replay))).toEqual(['4 new entries in the conversation']);
  });

  it('cards and numbers are named', () => {
    const card = {
      title: 'Harbour Street 1',
      contentUrl: 'https://example.com',
      contentType: 'ATTACHMENT_CONTENT_TYPE_URL',
    } as const;
    const callActions = [{ title: 'Call us', contactNumber: '+44 20' }];
    const after = snapshot([{ ...message('Here', true), attachments: [card], callActions }]);
    expect(said(snapshot([]), after)).toEqual(['Ada: Here. Harbour Street 1. Call us +44 20']);
  });

  it('trouble is told once, not with every tick of the countdown', () => {
    const open = snapshot([]);
    const lost = snapshot([], { connection: { at: 'waiting', attempt: 1, goal: 'socket', untilMs: 0 } });
    const trying = snapshot([], { connection: { at: 'opening', attempt: 1 } });
    expect(said(open, lost)).toEqual(['Connection lost. Trying again.']);
    expect(said(lost, trying)).toEqual([]);
    expect(said(trying, lost)).toEqual([]);
  });

  it('a connection that comes back is told, a first one is not', () => {
    const capabilities = {
      streaming: true,
      maxMessageSizeBytes: 131_072,
      maxReconnectAttempts: 5,
      heartbeatIntervalSeconds: 30,
    };
    const first = snapshot([], { connection: { at: 'opening', attempt: 0 } });
    const again = { ...first, timeline: { ...first.timeline, capabilities } };
    expect(said(first, snapshot([]))).toEqual([]);
    expect(said(again, snapshot([]))).toEqual(['Connected again.']);
  });

  it('failed messages and the end are told', () => {
    const failed = { localId: 'L1', text: 'Hi', writtenMs: 0, state: 'failed', sends: 4, firstSentMs: 0 } as const;
    expect(said(snapshot([]), snapshot([], { pending: [failed] }))).toEqual(['A message was not delivered.']);
    expect(said(snapshot([]), snapshot([], { status: 'ended' }))).toEqual(['The conversation has ended.']);
  });
});
