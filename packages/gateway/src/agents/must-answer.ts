// An agent that was asked must answer something that can be seen.
import { AgentError, type Piece, type TurnInput } from './ports/chat-agent.ts';

/**
 * Passes pieces on. Throws {@link AgentError} `no-reply` when they end without anything to see, unless nobody had
 * said anything.
 */
export async function* mustAnswer(input: TurnInput, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let answered = input.kind === 'poll' || input.kind === 'returned';
  for await (const piece of pieces) {
    answered ||= isVisible(piece);
    yield piece;
  }
  if (!answered) throw new AgentError('no-reply', 'the answer was empty');
}

function isVisible(piece: Piece): boolean {
  switch (piece.kind) {
    case 'text':
      return piece.text.trim() !== '';
    case 'attachments':
    case 'suggestions':
    case 'call-actions':
    case 'handoff':
    case 'end':
      return true;
    case 'thinking':
    case 'message-break':
    case 'language':
      return false;
  }
}
