// A desk in memory: takes every case into its queue, in order, and lets a program be the human.
import type { LiveAgent, TypingState } from '@parley/protocol';
import type { TranscriptLine } from '../../messaging/index.ts';
import { DeskError } from '../ports/handoff-desk.ts';
import type { HandoffCase, HandoffDesk } from '../ports/handoff-desk.ts';

/** A case as the human at the desk sees it. */
export interface DeskCase {
  readonly handoffCase: HandoffCase;
  /** What the user wrote since the case was opened. */
  readonly received: TranscriptLine[];
  readonly typing: TypingState[];
  /** The human takes the case. */
  join(agent: LiveAgent): void;
  say(text: string): void;
  type(state: TypingState): void;
  /** The human is done, and the conversation with it. */
  leave(reason?: string): void;
  /** The desk can't help after all. */
  fail(reason?: string): void;
}

/** A desk whose cases can be seen and handled. */
export interface MemoryDesk extends HandoffDesk {
  /** Open cases, the longest waiting first. */
  readonly cases: readonly DeskCase[];
  caseOf(sessionId: string): DeskCase | undefined;
}

/** Creates an empty desk. */
export function createMemoryDesk(): MemoryDesk {
  const cases = new Map<string, DeskCase & { joined: boolean }>();

  function tellPlaces(): void {
    const waiting = [...cases.values()].filter(({ joined }) => !joined);
    waiting.forEach(({ handoffCase }, index) => {
      const { queue } = handoffCase.request;
      handoffCase.report({ type: 'desk-queue-status', status: { queueName: queue, positionInQueue: index + 1 } });
    });
  }

  return {
    async open(handoffCase) {
      const { sessionId, request, report } = handoffCase;
      if (handoffCase.human) throw new DeskError('the human did not survive the restart', { refused: false });
      cases.set(sessionId, {
        handoffCase,
        received: [],
        typing: [],
        joined: false,
        join(agent) {
          this.joined = true;
          report({ type: 'desk-joined', agent });
          tellPlaces();
        },
        say: (text) => report({ type: 'desk-message', text, attachments: [], suggestions: [] }),
        type: (state) => report({ type: 'desk-typing', state }),
        leave: (reason) => report({ type: 'desk-left', reason }),
        fail: (reason) => report({ type: 'desk-failed', refused: false, reason }),
      });
      report({ type: 'desk-accepted', queueName: request.queue });
      const place = [...cases.values()].filter(({ joined }) => !joined).length;
      report({ type: 'desk-queue-status', status: { queueName: request.queue, positionInQueue: place } });
    },
    async deliver(sessionId, line) {
      const found = cases.get(sessionId);
      if (!found) throw new Error('the desk does not have this case');
      found.received.push(line);
    },
    typing(sessionId, state) {
      cases.get(sessionId)?.typing.push(state);
    },
    close(sessionId) {
      if (cases.delete(sessionId)) tellPlaces();
    },
    get cases() {
      return [...cases.values()];
    },
    caseOf: (sessionId) => cases.get(sessionId),
  };
}
