import { expect, it } from 'vitest';
import type { Fact, JournalEntry, PublicEntry } from './journal-entry.ts';
import { Milestones } from './milestones.ts';

/** What the journal of these entries, a millisecond apart from 1 on, says. */
function milestonesOf(...contents: (PublicEntry['event'] | Fact)[]): Milestones {
  const milestones = new Milestones();
  for (const [index, content] of contents.entries()) milestones.add(entryOf(content, index + 1));
  return milestones;
}

function entryOf(content: PublicEntry['event'] | Fact, atMs: number): JournalEntry {
  const place = { position: atMs, atMs };
  if (content.type === 'call-ended') return { ...place, sequence: null, fact: content };
  return { ...place, sequence: atMs, id: `e${atMs}`, event: content as PublicEntry['event'] };
}

const said = { type: 'user-message', messageId: 'm1', text: 'Hi.' } as const;
const joined = { type: 'poly-agent-joined', agentName: 'Ada' } as const;

it('words are told from all else that is written', () => {
  const milestones = milestonesOf(
    said,
    { type: 'handoff-queue-status', positionInQueue: 1 },
    { type: 'poly-agent-left' },
  );
  expect(milestones).toMatchObject({ wordMs: 1, grewMs: 3, callEndedMs: 0 });
});

it('an agent that comes back has joined before', () => {
  expect(milestonesOf(said, joined, { type: 'poly-agent-left' }, joined).joinedSequence).toBe(2);
  expect(milestonesOf(said).joinedSequence).toBeNull();
});

it('the last end of a call counts', () => {
  const over = { type: 'call-ended', callId: 'C1' } as const;
  expect(milestonesOf(over, said, over).callEndedMs).toBe(3);
});
