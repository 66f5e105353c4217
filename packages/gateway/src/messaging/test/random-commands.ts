// Random sequences of commands: from clients, agents in the right turn and in wrong ones, desks and the house.
import fc from 'fast-check';
import type { AgentCommand, Command } from '../session/commands.ts';
import {
  agentEnds,
  answered,
  call,
  client,
  desk,
  fails,
  forwardFailed,
  handsOff,
  humanSays,
  join,
  mira,
} from './commands.ts';
import { linksCall, place, requeue, replies, says, streams, switchesTo, thinks, userEnds } from './commands.ts';
import type { PaperSession } from './paper-session.ts';

/** What happens next to a session: a command, or that its process dies and another reads the journal. */
export interface RandomStep {
  name: string;
  /** In whose turn the agent acts, where it does. */
  turn: 'open' | 'former' | 'made-up';
  text: string;
  custom: Record<string, unknown> | undefined;
}

const acts: Record<string, (session: PaperSession) => AgentCommand> = {
  'agent-thinking': thinks,
  'agent-message': replies('Hello.'),
  'agent-chunk': streams('so '),
  'agent-last-chunk': streams('it is.', true),
  'agent-language': switchesTo('fr-FR'),
  'agent-handoff': handsOff('desk'),
  'agent-client-handoff': handsOff('client'),
  'agent-end': agentEnds,
  'turn-answered': answered,
  'turn-failed': fails('no-reply'),
};

const others: Record<string, (session: PaperSession, step: RandomStep) => Command> = {
  join: () => join,
  message: (_, { text, custom }) => says(text, custom),
  heartbeat: () => client({ type: 'heartbeat' }),
  typing: () => client({ type: 'user-typing', state: 'TYPING_STATE_STOPPED' }),
  'link-call': () => linksCall,
  'user-end': () => userEnds,
  'desk-accepted': () => desk.accepts,
  'desk-status': (_, { text }) => place(text.length),
  'desk-joined': () => desk.joins,
  'desk-typing': () => desk.types,
  'desk-message': (_, { text }) => humanSays(text),
  'desk-left': () => desk.leaves,
  'desk-returned': () => desk.returns,
  'desk-requeued': (_, { text }) => requeue(text),
  'desk-failed': () => desk.fails,
  'desk-refused': () => desk.refuses,
  'desk-timed-out': () => desk.timesOut,
  'desk-forward-failed': forwardFailed,
  'desk-call-held': (_, { text }) => ({ type: 'desk-call-held', personId: mira.id, held: text === 'Hi.' }),
  'desk-call-released': () => ({ type: 'desk-call-released', personId: mira.id }),
  'desk-hung-up': (_, { text }) => ({ type: 'desk-hung-up', ends: text === 'Bye.' }),
  'call-taken': () => call.taken,
  'call-released': () => call.released,
  'call-started': () => call.starts,
  'call-answering-started': () => ({ ...call.starts, answers: 'call', greeting: false }),
  'call-heard': (_, { text }) => call.hears(text),
  'call-tones': () => call.tones('1'),
  'call-chunk': () => call.sounds('so '),
  'call-last-chunk': () => call.sounds('', true),
  'call-message': () => call.says('Hello.'),
  'call-turn-answered': () => call.answered,
  'call-interrupted': () => call.interrupted,
  'call-handoff': () => call.handsOff('desk'),
  'call-client-handoff': () => call.handsOff('client'),
  'call-agent-back': () => call.agentBack,
  'call-ended': () => call.hangsUp,
  'call-moved': () => call.moves,
  expire: () => ({ type: 'expire' }),
  'cancel-handoff': (_, { text }) => ({ type: 'cancel-handoff', ends: text === 'Bye.' }),
  'request-turn': () => ({ type: 'request-turn' }),
  'set-attributes': (_, { text }) => ({ type: 'set-attributes', attributes: { text } }),
  'set-language': () => ({ type: 'set-language', languageCode: 'de-DE' }),
};

/** How often something happens: ends seldom, so that there is a middle; what leads on often. */
function weightOf(name: string): number {
  if (['user-end', 'agent-end', 'desk-left', 'expire', 'call-ended', 'call-moved'].includes(name)) return 1;
  if (['message', 'agent-chunk', 'turn-answered'].includes(name)) return 40;
  return ['join', 'agent-message', 'agent-handoff', 'desk-joined', 'desk-message', 'crash'].includes(name) ? 20 : 8;
}

const names = [...Object.keys(acts), ...Object.keys(others), 'crash'];

/** A sequence of steps. */
export const randomSteps: fc.Arbitrary<RandomStep[]> = fc.array(
  fc.record({
    name: fc.constantFrom(...names.flatMap((name) => Array<string>(weightOf(name)).fill(name))),
    turn: fc.constantFrom('open', 'open', 'open', 'open', 'former', 'made-up'),
    text: fc.constantFrom('Hi.', 'Bye.'),
    custom: fc.constantFrom(undefined, undefined, { local_id: 'L1' }, { local_id: 'L2' }, { client_event_id: 'C1' }),
  }),
  { maxLength: 70, size: 'max' },
);

/** Takes a step. */
export function take(session: PaperSession, step: RandomStep): void {
  if (step.name === 'crash') {
    session.reload();
    return;
  }
  const act = acts[step.name];
  const command = act ? { ...act(session), turnId: turnIdFor(session, step) } : others[step.name]?.(session, step);
  if (!command) throw new Error(`no step is called ${step.name}`);
  session.run(command);
}

function turnIdFor(session: PaperSession, { turn }: RandomStep): string {
  if (turn === 'open') return session.turnId;
  if (turn === 'made-up') return 'made-up';
  const ended = session.journal.flatMap((entry) =>
    entry.sequence === null && entry.fact.type === 'turn-ended' ? [entry.fact.turnId] : [],
  );
  return ended.at(-1) ?? 'made-up';
}
