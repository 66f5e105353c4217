// Sessions on paper that have come to a certain point, for tests that begin there.
import { answered, desk, handsOff, join, replies, says, streams, userEnds } from './commands.ts';
import { PaperSession } from './paper-session.ts';

type Step = Parameters<PaperSession['run']>[number];

const toAgent: Step[] = [join, replies('Hello.'), answered];
const toQueue: Step[] = [...toAgent, says('A human, please.'), handsOff('desk')];

/** Where a session can be when a command comes. */
export type Point =
  | 'new'
  | 'joining'
  | 'agent idle'
  | 'in a turn'
  | 'in a streamed message'
  | 'asking for a desk'
  | 'queued'
  | 'live'
  | 'after a failed hand-off'
  | 'handed to the client'
  | 'start failed'
  | 'ended';

/** The way to every point at which commands are decided differently. */
const ways: Record<Point, Step[]> = {
  new: [],
  joining: [join],
  'agent idle': toAgent,
  'in a turn': [...toAgent, says('Hi.')],
  'in a streamed message': [...toAgent, says('Hi.'), streams('Well, ')],
  'asking for a desk': toQueue,
  queued: [...toQueue, desk.accepts],
  live: [...toQueue, desk.accepts, desk.joins, says('Hello, human.')],
  'after a failed hand-off': [...toQueue, desk.fails],
  'handed to the client': [...toAgent, says('Outside, please.'), handsOff('client')],
  'start failed': [join, ({ turnId }) => ({ type: 'turn-failed', turnId, cause: 'no-reply' })],
  ended: [...toAgent, userEnds],
};

export const points: Point[] = Object.keys(ways) as Point[];

/** A session at a point. */
export function sessionAt(point: Point, options?: ConstructorParameters<typeof PaperSession>[0]): PaperSession {
  const session = new PaperSession(options);
  session.run(...ways[point]);
  return session;
}
