// An agent whose every piece comes when the test says so.
import type { AgentTurn, ChatAgent, Piece } from '../../src/agents/index.ts';

/** A turn the agent was given. */
interface HandTurn {
  readonly turn: AgentTurn;
  readonly signal: AbortSignal;
  /** Yields pieces; texts may be written as such. */
  say(...pieces: (Piece | string)[]): void;
  /** Has no more to say. */
  finish(): void;
  /** Breaks off. */
  fail(error: Error): void;
}

/** The agent. */
export interface HandAgent extends ChatAgent {
  /** Turns it was given, oldest first. */
  readonly turns: HandTurn[];
  /** The turn it was given last. */
  readonly turn: HandTurn;
}

/** Creates the agent; `deaf`: it goes on when its turn is no longer wanted. */
export function handAgent({ deaf = false }: { deaf?: boolean } = {}): HandAgent {
  const turns: HandTurn[] = [];
  return {
    turns,
    get turn() {
      const latest = turns.at(-1);
      if (!latest) throw new Error('the agent was not asked');
      return latest;
    },
    async *respond(turn, signal) {
      const said: (() => Piece | null)[] = [];
      let wake = (): void => {};
      const put = (...next: (() => Piece | null)[]): void => {
        said.push(...next);
        wake();
      };
      turns.push({
        turn,
        signal,
        say: (...pieces) => put(...pieces.map((piece) => () => (typeof piece === 'string' ? text(piece) : piece))),
        finish: () => put(() => null),
        fail: (error) =>
          put(() => {
            throw error;
          }),
      });
      if (!deaf) signal.addEventListener('abort', () => put(() => null));
      for (;;) {
        const next = said.shift();
        if (!next) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const piece = next();
        if (!piece) return;
        yield piece;
      }
    },
  };
}

function text(said: string): Piece {
  return { kind: 'text', text: said };
}
