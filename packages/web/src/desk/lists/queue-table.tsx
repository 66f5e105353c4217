// All queues as they stand, for supervisors.
import type { DeskQueue } from '@parley/protocol';
import type { JSX } from 'preact';
import { waitText } from '../model/wait-text.ts';
import { useSecond } from '../use-second.ts';

/** One line per queue. */
export function QueueTable({ queues }: { queues: readonly DeskQueue[] }): JSX.Element {
  const nowMs = useSecond();
  return (
    <section class="list" aria-label="Queues">
      <div class="list-head">
        <h2 class="list-title">Queues</h2>
      </div>
      <table class="queue-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Queue</span>
            </th>
            <th scope="col">Waiting</th>
            <th scope="col">Longest</th>
            <th scope="col">Chats</th>
            <th scope="col">Free</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.id}>
              <th scope="row">
                <bdi>{queue.name}</bdi> {!queue.open && <span class="tag">Closed</span>}
              </th>
              <td class={queue.waitingCount > 0 ? 'is-busy' : undefined}>{queue.waitingCount}</td>
              <td>{queue.longestWaitSinceMs === null ? '–' : waitText(nowMs - queue.longestWaitSinceMs)}</td>
              <td>{queue.chatCount}</td>
              <td>{queue.availableCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
