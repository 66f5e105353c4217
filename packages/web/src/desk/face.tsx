// Faces: of visitors a tinted letter, of people their picture or a letter.
import type { JSX } from 'preact';
import { Avatar } from '../chat/avatar.tsx';
import { Icon } from '../chat/icons.tsx';
import { tintOf } from './model/visitor-text.ts';

interface VisitorFaceProps {
  sessionId: string;
  /** As the integrator tells; null for those without one. */
  name: string | null;
  /** Left out where it doesn't matter. */
  connected?: boolean;
}

/** Decoration: the name stands beside it. */
export function VisitorFace({ sessionId, name, connected }: VisitorFaceProps): JSX.Element {
  const [letter] = name?.trim() ?? '';
  return (
    <span class={`avatar face tint-${tintOf(sessionId)}`} aria-hidden="true">
      {letter === undefined ? <Icon name="person" /> : letter.toLocaleUpperCase()}
      {connected !== undefined && <span class={`presence${connected ? ' is-there' : ''}`} />}
    </span>
  );
}

/** The face of somebody at the desk. */
export function PersonFace({ person }: { person: { name: string; avatarUrl?: string | null } }): JSX.Element {
  const { name, avatarUrl } = person;
  return <Avatar speaker={{ kind: 'person', name, ...(avatarUrl && { avatarUrl }) }} />;
}
