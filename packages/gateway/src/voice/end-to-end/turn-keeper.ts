// Carries out what is decided about turns: asks the model, silences the agent, and tells when something was heard.
import type { NewId, Timer, Timers } from '../../kit/index.ts';
import type { ModelSession, ModelSettings } from '../ports/speech-model.ts';
import type { AgentLines } from './agent-lines.ts';
import { createAwaitedResponses } from './awaited-responses.ts';
import {
  beginTurnTaking,
  isDue,
  isIdle,
  isWanted,
  step,
  type TurnEffect,
  type TurnInput,
  type Wish,
} from './turn-taking.machine.ts';

/** A model that is to say something and gives no sign for so long is lost. */
const answerDeadlineMs = 10_000;

export interface TurnKeeper {
  /** The agent could speak, but nobody does or is about to. */
  readonly isIdle: boolean;
  /** A response is being made that is to be heard. */
  readonly isResponding: boolean;
  /** Whether the model shall answer the caller by itself. */
  readonly answersByItself: boolean;
  happen(input: TurnInput): void;
  /** The model is at work. */
  alive(): void;
  /** Whether something of this response may be heard. */
  isWanted(responseId: string): boolean;
  /** Has the model say something to what is in the conversation. Any response that begins later will do. */
  reply(): void;
  /** Has the model say what the instructions want. Resolves when it was heard, or isn't to be any more. */
  say(instructions: string): Promise<void>;
  /** The same, but with these words alone, without tools, whatever happens in between. */
  line(instructions: string): Promise<void>;
  /** From now on the agent isn't interrupted, until the answered function is called. */
  shield(): () => void;
  /** Nothing more will be said by the model. */
  close(): void;
}

interface TurnKeeperParts {
  interruptible: boolean;
  lines: Pick<AgentLines, 'cut' | 'disown' | 'responseOver' | 'responseHeard'>;
  /** The session in use. */
  session(): ModelSession | undefined;
  settings(): ModelSettings;
  newId: NewId;
  timers: Timers;
  /** The agent was silenced. */
  silenced(): void;
  /** The model doesn't answer. */
  unanswered(): void;
}

export function createTurnKeeper(parts: TurnKeeperParts): TurnKeeper {
  const { lines, newId, timers } = parts;
  const awaited = createAwaitedResponses();
  let turns = beginTurnTaking(parts.interruptible);
  let shields = 0;
  let isClosed = false;
  let deadline: Timer | undefined;

  function happen(input: TurnInput): void {
    const { state, effects } = step(turns, input);
    const brokenOff = input.type === 'lost' ? turns.live : null;
    turns = state;
    if (input.type === 'response-began') awaited.began(input.wishId, input.responseId);
    if (input.type === 'response-over') over(input.responseId);
    if (brokenOff) over(brokenOff.responseId);
    if (input.type === 'lost') lines.disown();
    for (const effect of effects) carryOut(effect);
    const { asked, waiting } = turns;
    awaited.keep([...waiting.map(({ id }) => id), ...(asked && !asked.abandoned ? [asked.wish.id] : [])]);
    alive();
  }

  /** The deadline begins anew. */
  function alive(): void {
    deadline?.cancel();
    deadline = isDue(turns) && !isClosed ? timers.after(answerDeadlineMs, () => parts.unanswered()) : undefined;
  }

  async function wish(wanted: Omit<Wish, 'id'>): Promise<void> {
    if (isClosed) return;
    const id = newId();
    const heard = awaited.heard(id);
    happen({ type: 'wish', wish: { id, ...wanted } });
    await heard;
  }

  function over(responseId: string): void {
    lines.responseOver(responseId);
    awaited.over(responseId, lines.responseHeard(responseId));
  }

  function carryOut(effect: TurnEffect): void {
    const session = parts.session();
    switch (effect.do) {
      case 'cut':
        for (const { id, responseId, heardMs } of lines.cut()) {
          if (responseId !== null) session?.truncate(id, heardMs);
        }
        parts.silenced();
        break;
      case 'cancel':
        session?.cancel(effect.responseId);
        break;
      case 'ask':
        session?.respond(effect.wish);
        break;
      case 'configure':
        session?.configure(parts.settings());
        break;
    }
  }

  return {
    get isIdle() {
      return isIdle(turns);
    },
    get answersByItself() {
      return turns.shallAnswer;
    },
    get isResponding() {
      return turns.live !== null && isWanted(turns, turns.live.responseId);
    },
    happen,
    alive,
    isWanted: (responseId) => isWanted(turns, responseId),
    reply: () => void wish({ kind: 'reply', tools: true }),
    say: (instructions) => wish({ kind: 'reply', tools: true, instructions }),
    line: (instructions) => wish({ kind: 'line', tools: false, instructions }),
    shield() {
      shields += 1;
      if (shields === 1) happen({ type: 'shielded', on: true });
      let isUp = true;
      return () => {
        if (!isUp) return;
        isUp = false;
        shields -= 1;
        if (shields === 0) happen({ type: 'shielded', on: false });
      };
    },
    close() {
      isClosed = true;
      deadline?.cancel();
      awaited.close();
    },
  };
}
