import type { AgentMessage, OutgoingMessage, Timeline, TimelineItem } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { conversationRows } from './conversation-rows.ts';
import type { Row } from './conversation-rows.ts';

const emptyTimeline: Timeline = { items: [], suggestions: [], handoff: { at: 'none' }, agentRequested: true };

function at(minute: number): string {
  return `2026-01-01T12:${String(minute).padStart(2, '0')}:00.000Z`;
}

function agentSays(key: string, minute: number, name = 'Ada'): AgentMessage {
  return {
    kind: 'agent-message',
    key,
    timestamp: at(minute),
    messageId: key,
    speaker: { kind: 'agent', name },
    text: key,
    attachments: [],
    callActions: [],
    complete: true,
  };
}

function userSays(key: string, minute: number): TimelineItem {
  return { kind: 'user-message', key, timestamp: at(minute), text: key, messageId: key };
}

const french: TimelineItem = {
  kind: 'notice',
  key: 'n1',
  timestamp: at(1),
  event: { type: 'language-changed', languageCode: 'fr-FR' },
};

const failed: OutgoingMessage = {
  localId: 'L1',
  text: 'Hello?',
  writtenMs: Date.parse(at(2)),
  state: 'failed',
  sends: 4,
  firstSentMs: 0,
  problem: 'no-answer',
};

function rowsOf(items: TimelineItem[], pending: OutgoingMessage[] = []): Row[] {
  return conversationRows({ timeline: { ...emptyTimeline, items }, pending });
}

/** `[` where a group starts, `]` where it ends. */
function groups(rows: Row[]): string {
  return rows.map((row) => `${row.startsGroup ? '[' : ''}${row.key}${row.endsGroup ? ']' : ''}`).join(' ');
}

describe('conversation rows', () => {
  it('what one side says in one go belongs together', () => {
    const rows = rowsOf([agentSays('a1', 0), agentSays('a2', 1), userSays('u1', 1), userSays('u2', 2)]);
    expect(groups(rows)).toBe('[a1 a2] [u1 u2]');
  });

  it('a pause, a notice and another speaker begin anew', () => {
    expect(groups(rowsOf([agentSays('a1', 0), agentSays('a2', 5)]))).toBe('[a1] [a2]');
    expect(groups(rowsOf([agentSays('a1', 0), french, agentSays('a2', 1)]))).toBe('[a1] [n1] [a2]');
    expect(groups(rowsOf([agentSays('a1', 0), agentSays('g1', 0, 'Grace')]))).toBe('[a1] [g1]');
  });

  it('what was said and what was written are told apart', () => {
    const aloud = { saidBy: 'voice' } as const;
    const rows = rowsOf([
      agentSays('a1', 0),
      { ...agentSays('a2', 0), ...aloud },
      { ...agentSays('a3', 0), ...aloud },
      { ...(userSays('u1', 1) as TimelineItem & { kind: 'user-message' }), ...aloud },
      userSays('u2', 1),
    ]);
    expect(groups(rows)).toBe('[a1] [a2 a3] [u1] [u2]');
    expect(rows[3]).toMatchObject(aloud);
  });

  it('what the server has not acknowledged comes last, with its state', () => {
    const rows = rowsOf([userSays('u1', 1), agentSays('a1', 1)], [failed]);
    expect(rows.map((row) => row.key)).toEqual(['u1', 'a1', 'L1']);
    expect(rows[0]).toMatchObject({ delivery: 'sent' });
    expect(rows[2]).toMatchObject({ delivery: 'failed', problem: 'no-answer' });
  });

  it('rows after a change of language carry it', () => {
    const rows = rowsOf([agentSays('a1', 0), french, agentSays('a2', 1)]);
    expect(rows.map((row) => row.lang)).toEqual([undefined, 'fr-FR', 'fr-FR']);
  });
});
