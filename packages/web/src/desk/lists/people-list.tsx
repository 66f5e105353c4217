// Who is at the desk, for supervisors.
import type { DeskPerson } from '@parley/protocol';
import type { JSX } from 'preact';
import { PersonFace } from '../face.tsx';

/** One line per person. */
export function PeopleList({ people, meId }: { people: readonly DeskPerson[]; meId: string }): JSX.Element {
  return (
    <section class="list" aria-label="People">
      <div class="list-head">
        <h2 class="list-title">People</h2>
        <span class="count">{people.length}</span>
      </div>
      <ul class="people">
        {people.map((person) => (
          <li key={person.id} class="person">
            <PersonFace person={person} />
            <bdi class="person-name">{person.id === meId ? `${person.name} (you)` : person.name}</bdi>
            <span class={`person-state person-${stateOf(person)}`}>{stateWords[stateOf(person)]}</span>
            <span class="person-load" title="Chats they have, of those they can have">
              <span class="visually-hidden">Chats: </span>
              {person.chatCount}/{person.capacity}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateOf({ connected, availability }: DeskPerson): 'available' | 'away' | 'gone' {
  return connected ? availability : 'gone';
}

const stateWords = { available: 'Available', away: 'Away', gone: 'Not connected' } as const;
