// Something written here that isn't known to be kept, and how far it has come.
import type { DeskClient, DeskDraft } from '@parley/client';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { useSnapshot } from '../../chat/use-snapshot.ts';

interface DraftRowViewProps {
  client: DeskClient;
  sessionId: string;
  draft: DeskDraft;
}

/** On its way, waiting for the connection, or failed; then it can be tried again or thrown away. */
export function DraftRowView({ client, sessionId, draft }: DraftRowViewProps): JSX.Element {
  const { link } = useSnapshot(client);
  const { kind, text, problem, clientId, attachments } = draft;
  return (
    <article
      class={kind === 'note' ? 'note is-draft' : 'line line-ours line-human is-draft starts-group'}
      aria-label="You, not sent yet"
    >
      {text !== '' && (
        <p class={kind === 'note' ? 'line-text' : 'bubble line-text'} dir="auto">
          {text}
        </p>
      )}
      {attachments.length > 0 && (
        <p class="line-foot">{attachments.length === 1 ? '1 attachment' : `${attachments.length} attachments`}</p>
      )}
      <footer class={`line-foot${problem ? ' line-failed' : ''}`}>
        <Icon name={problem ? 'alert' : 'clock'} />
        <span>
          {problem ? `Not sent: ${problem.message}` : link.at === 'open' ? 'Sending…' : 'Waiting for the connection'}
        </span>
        {problem && (
          <>
            <button type="button" class="link-button" onClick={() => client.retryDraft(sessionId, clientId)}>
              Try again
            </button>
            <button type="button" class="link-button" onClick={() => client.discardDraft(sessionId, clientId)}>
              Discard
            </button>
          </>
        )}
      </footer>
    </article>
  );
}
