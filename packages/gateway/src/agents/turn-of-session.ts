// What an agent is told of the turn it shall take, read off the session.
import type { SessionHandle, Turn } from '../messaging/index.ts';
import type { AgentTurn, HistoryLine, TurnInput } from './ports/chat-agent.ts';

/** The open turn of a session as agents see it. `language` is the agent's own, until it is switched. */
export function turnOfSession(session: SessionHandle, turn: Turn, language: string): AgentTurn {
  const { info, state, context } = session;
  return {
    turnId: turn.id,
    input: inputOf(session, turn),
    history: historyOf(session, turn),
    session: {
      id: info.id,
      account: info.account,
      project: info.project,
      channel: info.channel,
      medium: state.call ? 'voice' : 'text',
      platform: info.platform,
      deviceType: info.deviceType,
      variantId: info.variantId,
      language: state.language ?? language,
      attributes: state.attributes,
      context,
    },
  };
}

function inputOf(session: SessionHandle, turn: Turn): TurnInput {
  if (turn.kind === 'start' || turn.kind === 'poll') return { kind: turn.kind };
  if (turn.kind === 'return') return { kind: 'returned', joined: turn.joined };
  const line = session.transcript.lines.findLast(({ messageId }) => messageId === turn.id);
  if (turn.kind === 'tones') return { kind: 'tones', digits: line?.text ?? '' };
  return { kind: 'message', messageId: turn.id, text: line?.text ?? '' };
}

/** Messages that wait for a turn of their own are not history yet. */
function historyOf(session: SessionHandle, turn: Turn): HistoryLine[] {
  const unanswered = new Set([turn, ...session.state.waiting].map(({ id }) => id));
  return session.transcript.lines
    .filter(({ messageId, text }) => text !== '' && !unanswered.has(messageId))
    .map(({ speaker, text }) => ({ speaker, text }));
}
