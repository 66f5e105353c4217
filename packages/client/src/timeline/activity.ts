// Who on the other side is thinking or typing just now. Always passes by itself: a lost "stopped" must
// not leave dots on the screen.
import type { ServerEvent } from '@parley/protocol';

/** Something is being prepared. `name` is that of a person who types, where the event says it. */
export interface Activity {
  kind: 'thinking' | 'typing';
  untilMs: number;
  name?: string | undefined;
}

/** How long an activity is believed without word of it; servers repeat theirs within 8 s. */
const BELIEVED_MS = 10_000;

/** What was prepared is here, or won't come. */
const ENDING: ReadonlySet<ServerEvent['type']> = new Set<ServerEvent['type']>([
  'poly-agent-message',
  'poly-agent-message-chunk',
  'poly-agent-left',
  'poly-agent-triggered-handoff',
  'live-agent-joined',
  'live-agent-message',
  'live-agent-left',
  'session-end',
  'system-message',
]);

/** The activity after one more event. */
export function activityAfter(activity: Activity | undefined, event: ServerEvent, nowMs: number): Activity | undefined {
  if (event.type === 'poly-agent-thinking') return { kind: 'thinking', untilMs: nowMs + BELIEVED_MS };
  if (event.type === 'live-agent-typing') {
    if (event.state === 'TYPING_STATE_STOPPED') return undefined;
    return { kind: 'typing', untilMs: nowMs + BELIEVED_MS, name: event.agentName };
  }
  return ENDING.has(event.type) ? undefined : activity;
}
