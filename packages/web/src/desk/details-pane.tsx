// The third column: who the visitor is, why they are here, who else is in the chat, and the notes.
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../chat/icons.tsx';
import { timeText } from '../chat/time-text.ts';
import { ChatActions } from './conversation/chat-actions.tsx';
import type { DeskHands } from './desk-hands.ts';
import { PersonFace, VisitorFace } from './face.tsx';
import type { PageAction, PageState, Shown } from './model/page-state.ts';
import { deviceText, factsOf, languageText, reasonText, visitorName } from './model/visitor-text.ts';
import { queueName } from './model/waiting-groups.ts';
import { NotesList } from './notes-list.tsx';

interface DetailsPaneProps {
  overview: DeskOverview;
  page: PageState;
  shown: Shown;
  hands: DeskHands;
  dispatch: (action: PageAction) => void;
}

/** Empty while nothing is looked at. */
export function DetailsPane({ overview, shown, dispatch }: DetailsPaneProps): JSX.Element {
  return (
    <aside class="desk-details" aria-label="Visitor and notes">
      {shown.at !== 'nothing' && (
        <>
          <button
            type="button"
            class="icon-button details-close"
            aria-label="Back to the conversation"
            onClick={() => dispatch({ do: 'show', pane: 'chat' })}
          >
            <Icon name="close" />
          </button>
          <VisitorCard overview={overview} shown={shown} />
          {shown.at === 'chat' && shown.chat.mine === 'in' && (
            <div class="details-actions">
              <ChatActions chat={shown.chat} onOpen={(dialog) => dispatch({ do: 'open', dialog })} />
            </div>
          )}
          <Reason shown={shown} />
          {shown.at !== 'waiting' && shown.chat.people.length > 0 && <InTheChat overview={overview} shown={shown} />}
          <NotesList
            notes={shown.log?.notes ?? []}
            meId={overview.me.id}
            onWrite={
              shown.at === 'chat' && shown.chat.mine === 'in'
                ? () => {
                    dispatch({ do: 'show', pane: 'chat' });
                    dispatch({ do: 'write', sessionId: shown.chat.sessionId, change: { mode: 'note' } });
                    requestAnimationFrame(() => document.getElementById('desk-composer')?.focus());
                  }
                : undefined
            }
          />
        </>
      )}
    </aside>
  );
}

type Somebody = Exclude<Shown, { at: 'nothing' }>;

function VisitorCard({ overview, shown }: { overview: DeskOverview; shown: Somebody }): JSX.Element {
  const about = shown.at === 'waiting' ? shown.waiting : shown.chat;
  const { visitor, sessionId, queueId } = about;
  const facts = [
    ['Queue', queueName(overview.queues, queueId)],
    ['Language', languageText(visitor)],
    ['Writes with', deviceText(visitor)],
    [
      shown.at === 'waiting' ? 'Waiting since' : 'Taken over',
      timeText(shown.at === 'waiting' ? shown.waiting.sinceMs : shown.chat.joinedMs),
    ],
  ] as const;
  return (
    <section class="details-card" aria-label="Visitor">
      <div class="details-visitor">
        <VisitorFace sessionId={sessionId} name={visitor.name} />
        <div>
          <h2 class="details-name">
            <bdi>{visitorName(about)}</bdi>
          </h2>
          <p class={`details-presence${visitor.connected && shown.at !== 'over' ? ' is-there' : ''}`}>
            {shown.at === 'over' ? 'Chat is over' : visitor.connected ? 'Connected' : 'Not there at the moment'}
          </p>
        </div>
      </div>
      <dl class="facts">
        {facts.map(([label, value]) =>
          value === undefined || value === '' ? null : (
            <div key={label} class="fact">
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Reason({ shown }: { shown: Somebody }): JSX.Element {
  const { reason } = shown.at === 'waiting' ? shown.waiting : shown.chat;
  const facts = shown.at === 'waiting' ? [] : factsOf(shown.chat.data);
  return (
    <section class="details-card" aria-labelledby="reason-title">
      <h3 class="details-title" id="reason-title">
        Why a person
      </h3>
      <p class="details-text">{reasonText(reason)}</p>
      {facts.length > 0 && (
        <dl class="facts facts-stacked">
          {facts.map(({ label, value }) => (
            <div key={label} class="fact">
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function InTheChat({
  overview,
  shown,
}: {
  overview: DeskOverview;
  shown: Exclude<Somebody, { at: 'waiting' }>;
}): JSX.Element {
  const known = (id: string): DeskOverview['people'][number] | undefined =>
    overview.people.find((person) => person.id === id);
  return (
    <section class="details-card" aria-labelledby="people-title">
      <h3 class="details-title" id="people-title">
        In the chat
      </h3>
      <ul class="people">
        {shown.chat.people.map((person) => (
          <li key={person.id} class="person">
            <PersonFace person={known(person.id) ?? person} />
            <bdi class="person-name">{person.id === overview.me.id ? `${person.name} (you)` : person.name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
