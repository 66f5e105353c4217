// What happened in the conversation, and what the system has to say, between the messages.
import type { Notice, SystemNotice } from '@parley/client';
import type { JSX } from 'preact';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { noticeText } from './notice-text.ts';

/** Somebody came or went, the language changed, a hand-off took a turn. */
export function NoticeRowView({ notice }: { notice: Notice }): JSX.Element {
  return (
    <p class="row-notice">
      <Icon name={iconOf(notice)} />
      <span dir="auto">{noticeText(notice)}</span>
    </p>
  );
}

/** A text of the system's: information, a warning or an error. */
export function SystemRowView({ notice }: { notice: SystemNotice }): JSX.Element {
  const level = levels[notice.level];
  return (
    <p class={`row-system row-system-${level}`}>
      <Icon name={level === 'info' ? 'info' : 'alert'} />
      <span dir="auto">{notice.text}</span>
    </p>
  );
}

const levels = {
  SYSTEM_MESSAGE_LEVEL_INFO: 'info',
  SYSTEM_MESSAGE_LEVEL_WARNING: 'warning',
  SYSTEM_MESSAGE_LEVEL_ERROR: 'error',
} as const;

function iconOf({ event }: Notice): IconName {
  switch (event.type) {
    case 'language-changed':
      return 'globe';
    case 'client-handoff-required':
      return 'outside';
    case 'handoff-failed':
    case 'handoff-timeout':
      return 'info';
    case 'poly-agent-joined':
    case 'poly-agent-triggered-handoff':
    case 'live-agent-joined':
    case 'live-agent-left':
      return 'person';
  }
}
