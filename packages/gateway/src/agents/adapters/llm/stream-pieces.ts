// The pieces of a reply from what a language model streams.
import type { TextStreamPart, ToolSet } from 'ai';
import type { Piece } from '../../ports/chat-agent.ts';
import { type HandoffDefaults, piecesOf } from '../../reply-part.ts';
import { partOfCall } from './conversation-tools.ts';
import { brokenOff, modelFailure } from './model-failure.ts';

interface Listening {
  /** Resolves when the model has taken the turn on. */
  accepted: Promise<void>;
  handoff: HandoffDefaults | undefined;
}

/** Turns a stream into pieces, up to the one after which the agent has no more to say. Throws `ModelFailure`. */
export async function* streamPieces(
  stream: AsyncIterable<TextStreamPart<ToolSet>>,
  { accepted, handoff }: Listening,
): AsyncGenerator<Piece> {
  const parts = stream[Symbol.asyncIterator]();
  await parts.next(); // `start`, which comes at once.
  const first = parts.next();
  first.catch(() => {}); // It is awaited below, unless the listener leaves before.
  await Promise.race([accepted, first]);
  yield { kind: 'thinking' };

  let said = '';
  let gap = '';
  for (let next = await first; !next.done; next = await parts.next()) {
    const part = next.value;
    switch (part.type) {
      case 'text-start':
        // What the model says after it used a tool is a paragraph of its own.
        gap = /\S$/.test(said) ? '\n\n' : '';
        break;
      case 'text-delta':
        said = part.text;
        yield { kind: 'text', text: gap + part.text };
        gap = '';
        break;
      case 'tool-call':
        if (part.invalid) break;
        for (const piece of piecesOf(partOfCall(part.toolName, part.input) ?? {}, handoff)) {
          yield piece;
          if (piece.kind === 'handoff' || piece.kind === 'end') return;
        }
        break;
      case 'finish-step':
        if (part.finishReason === 'error' || part.finishReason === 'interrupted') throw brokenOff();
        break;
      case 'error':
        throw modelFailure(part.error);
      case 'abort':
        throw brokenOff();
      default:
    }
  }
}
