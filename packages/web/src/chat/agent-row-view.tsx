// A message of the other side: who, when, the text, and what comes with it.
import type { JSX } from 'preact';
import { AttachmentCards } from './attachment-cards.tsx';
import { Avatar } from './avatar.tsx';
import { CallActions } from './call-actions.tsx';
import type { AgentRow, Row } from './conversation-rows.ts';
import { Icon } from './icons.tsx';
import { RichText } from './rich-text.tsx';
import { timeText } from './time-text.ts';

/** One message; name, time and face only where a group starts. */
export function AgentRowView({ row }: { row: AgentRow & Row }): JSX.Element {
  const { message, startsGroup } = row;
  const { speaker, text, complete, saidBy } = message;
  const name = speaker.name ?? 'Agent';
  const time = timeText(row.timeMs);
  const classes = `row row-agent${startsGroup ? ' starts-group' : ''}`;
  return (
    <article class={classes} aria-label={`${name}, ${time}`} aria-busy={!complete}>
      {startsGroup && <Avatar speaker={speaker} />}
      <div class="row-body">
        {startsGroup && (
          <header class="row-head">
            <bdi class="row-name">{name}</bdi>
            {speaker.kind === 'person' && <span class="tag">Person</span>}
            <time dateTime={message.timestamp}>{time}</time>
            {saidBy !== undefined && (
              <span class="said">
                <Icon name="phone" />
                Spoken
              </span>
            )}
          </header>
        )}
        {text !== '' && (
          <div class="bubble">
            <RichText markdown={text} isStreaming={!complete} lang={row.lang} />
          </div>
        )}
        <AttachmentCards attachments={message.attachments} />
        <CallActions actions={message.callActions} />
      </div>
    </article>
  );
}
