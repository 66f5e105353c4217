// Journals what is said in a call, on both sides, in the order of the conversation.
import type { Timer, Timers } from '../../kit/index.ts';
import type { SessionHandle } from '../../messaging/index.ts';
import { createHeardMessage, type HeardMessage } from '../speech/heard-message.ts';
import { order, type Entry, type Line, type OrderInput } from './conversation-order.machine.ts';

/** The agent's words wait for the caller's no longer than this. */
const recognitionDeadlineMs = 2_000;

export interface CallJournal {
  /** The caller said something whose words follow. */
  callerSaid(id: string): void;
  /** The words; null when there are none to be had. */
  callerWords(id: string, text: string | null): void;
  agentBegan(id: string): void;
  agentHeard(id: string, text: string): void;
  agentOver(id: string): void;
  /** No words of the caller are waited for. */
  readonly isSettled: boolean;
  /** Journals what waits, as it is: something else comes now. */
  flush(): void;
}

/** `call.session` is asked for anew each time, for a call may move. */
export function createCallJournal(
  call: { readonly callId: string; readonly session: SessionHandle },
  timers: Timers,
): CallJournal {
  const { callId } = call;
  const messages = new Map<string, HeardMessage>();
  const deadlines = new Map<string, Timer>();
  let waiting: Line[] = [];

  function happen(input: OrderInput): void {
    const { lines, entries } = order(waiting, input);
    waiting = lines;
    for (const entry of entries) write(entry);
  }

  function write(entry: Entry): void {
    if (entry.write === 'caller') {
      call.session.execute({ type: 'call-heard', callId, text: entry.text, input: 'speech' });
      return;
    }
    const message = messages.get(entry.id) ?? createHeardMessage(call);
    messages.set(entry.id, message);
    if (entry.write === 'agent') {
      message.heard(entry.text);
    } else {
      message.complete();
      messages.delete(entry.id);
    }
  }

  function settle(id: string, text: string | null): void {
    deadlines.get(id)?.cancel();
    deadlines.delete(id);
    happen({ type: 'words', id, text });
  }

  return {
    callerSaid(id) {
      happen({ type: 'caller-said', id });
      deadlines.set(
        id,
        timers.after(recognitionDeadlineMs, () => settle(id, null)),
      );
    },
    callerWords: settle,
    agentBegan: (id) => happen({ type: 'agent-began', id }),
    agentHeard: (id, text) => happen({ type: 'agent-heard', id, text }),
    agentOver: (id) => happen({ type: 'agent-over', id }),
    get isSettled() {
      return deadlines.size === 0;
    },
    flush() {
      for (const deadline of deadlines.values()) deadline.cancel();
      deadlines.clear();
      happen({ type: 'flush' });
    },
  };
}
