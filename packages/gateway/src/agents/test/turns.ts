// Turns for tests of agents, and what comes back for them.
import type { AgentTurn, ChatAgent, HistoryLine, Piece, TurnInput } from '../ports/chat-agent.ts';

/** What a test says of a turn; the rest is ordinary. */
interface TurnWishes {
  input?: TurnInput;
  history?: HistoryLine[];
  language?: string;
  context?: AgentTurn['session']['context'];
}

/** A turn in which the user says `text`. */
export function says(text: string, wishes: TurnWishes = {}): AgentTurn {
  return aTurn({ input: { kind: 'message', messageId: 'm1', text }, ...wishes });
}

/** A turn of an ordinary session. */
export function aTurn({
  input = { kind: 'start' },
  history = [],
  language = 'en-US',
  context = {},
}: TurnWishes): AgentTurn {
  return {
    turnId: 'turn-1',
    input,
    history,
    session: {
      id: 'session-1',
      account: 'acme',
      project: 'shop',
      channel: 'webchat.polyai',
      medium: 'text',
      platform: 'web',
      deviceType: null,
      variantId: null,
      language,
      attributes: { plan: 'gold' },
      context,
    },
  };
}

/** A signal that never aborts. */
export const never: AbortSignal = new AbortController().signal;

/** Every piece of a turn. */
export async function answer(agent: ChatAgent, turn: AgentTurn, signal: AbortSignal = never): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of agent.respond(turn, signal)) pieces.push(piece);
  return pieces;
}

/** The text of pieces, joined as clients see it. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

/** The pieces of one kind. */
export function ofKind<Kind extends Piece['kind']>(
  pieces: readonly Piece[],
  kind: Kind,
): Extract<Piece, { kind: Kind }>[] {
  return pieces.filter((piece): piece is Extract<Piece, { kind: Kind }> => piece.kind === kind);
}

/** Listens to an ordinary turn, and does something whenever a piece of a kind comes. */
export async function watch(
  agent: ChatAgent,
  kind: Piece['kind'],
  act: () => void,
  signal: AbortSignal = never,
): Promise<void> {
  for await (const piece of agent.respond(says('Hello'), signal)) {
    if (piece.kind === kind) act();
  }
}
