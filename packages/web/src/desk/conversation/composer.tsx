// Where people write: to the visitor, or a note to each other. Enter sends, Shift and Enter begin a new line.
import type { DeskClient } from '@parley/client';
import type { DeskCannedReply, DeskChat } from '@parley/protocol';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../chat/icons.tsx';
import { cannedQuery, findCannedReplies } from '../model/canned-replies.ts';
import type { PageAction, Writing } from '../model/page-state.ts';
import { CannedPicker, cannedOptionId } from './canned-picker.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { ExtrasBar } from './extras-bar.tsx';
import { ModeSwitch } from './mode-switch.tsx';

interface ComposerProps {
  client: DeskClient;
  chat: DeskChat;
  cannedReplies: readonly DeskCannedReply[];
  writing: Writing;
  dispatch: (action: PageAction) => void;
}

/** What is written belongs to the chat and waits there while one looks at another. */
export function Composer({ client, chat, cannedReplies, writing, dispatch }: ComposerProps): JSX.Element {
  const { sessionId, queueId } = chat;
  const { mode, attachments, suggestions } = writing;
  const isNote = mode === 'note';
  const text = writing[mode];
  const field = useRef<HTMLTextAreaElement>(null);
  const [marked, setMarked] = useState(0);
  const query = isNote ? undefined : cannedQuery(text);
  const found = query === undefined ? [] : findCannedReplies(cannedReplies, { queueId, query });
  const option = Math.min(marked, found.length - 1);
  // A slash looks for a canned reply; it is never sent.
  const isEmpty = query !== undefined || (text.trim() === '' && (isNote || attachments.length === 0));
  useEffect(() => setMarked(0), [query]);

  const write = (change: Partial<Writing>): void => dispatch({ do: 'write', sessionId, change });

  function choose(reply: DeskCannedReply | undefined): void {
    if (!reply) return;
    write({ reply: reply.text });
    client.typed(sessionId);
    field.current?.focus();
  }

  function send(): void {
    field.current?.focus();
    if (isEmpty) return;
    if (isNote) {
      client.addNote(sessionId, text);
      write({ note: '' });
    } else {
      client.sendMessage(sessionId, { text, attachments, suggestions });
      write({ reply: '', attachments: [], suggestions: [] });
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, its keys are its own.
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (query !== undefined && pick(event.key)) return event.preventDefault();
    if (event.key === 'Escape') {
      event.preventDefault();
      document.getElementById('desk-chat')?.focus();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  }

  /** Whether the list of canned replies takes the key. */
  function pick(key: string): boolean {
    const count = Math.max(1, found.length);
    if (key === 'ArrowDown') setMarked((option + 1) % count);
    else if (key === 'ArrowUp') setMarked((option + count - 1) % count);
    else if (key === 'Enter' || key === 'Tab') choose(found[option]);
    else if (key === 'Escape') write({ reply: '' });
    else return false;
    return key !== 'Tab' || found.length > 0;
  }

  return (
    <form
      class={`writing${isNote ? ' writing-note' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {query !== undefined && (
        <CannedPicker found={found} isEmpty={cannedReplies.length === 0} option={option} onChoose={choose} />
      )}
      {!isNote && <ExtrasBar attachments={attachments} suggestions={suggestions} onChange={write} />}
      <textarea
        ref={field}
        id="desk-composer"
        class="writing-field"
        dir="auto"
        rows={1}
        value={text}
        placeholder={isNote ? 'A note for your team' : 'Write a message, or / for a canned reply'}
        aria-label={isNote ? 'Note, only your team sees it' : 'Message to the visitor'}
        {...(query !== undefined && {
          'aria-controls': 'canned-replies',
          'aria-autocomplete': 'list',
          'aria-activedescendant': found.length > 0 ? cannedOptionId(option) : undefined,
        })}
        enterkeyhint="send"
        maxLength={16_000}
        onInput={(event) => {
          write({ [mode]: event.currentTarget.value });
          if (!isNote) client.typed(sessionId);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="writing-foot">
        <ModeSwitch
          mode={mode}
          onChoose={(chosen) => {
            write({ mode: chosen });
            field.current?.focus();
          }}
        />
        {isNote ? (
          <p class="note-hint">
            <Icon name="note" />
            Only your team sees this
          </p>
        ) : (
          <ComposerTools
            onCanned={() => {
              write({ reply: text === '' ? '/' : text });
              field.current?.focus();
            }}
            canPick={text === '' || query !== undefined}
            onOpen={(dialog) => dispatch({ do: 'open', dialog })}
          />
        )}
        <button type="submit" class="send" aria-label={isNote ? 'Add the note' : 'Send'} disabled={isEmpty}>
          <Icon name={isNote ? 'plus' : 'send'} />
        </button>
      </div>
    </form>
  );
}
