// The calls of this process: lets them in, finds them by their secret, and takes part in their sessions.
import { signalErrors } from '@parley/protocol';
import type { SignalError } from '@parley/protocol';
import type { Clock, Log, Meter, NewId, Timers } from '../../kit/index.ts';
import type { Participant, SessionHandle, Sessions } from '../../messaging/index.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { createDeskLeg } from '../bridge/desk-leg.ts';
import type { DeskLeg } from '../bridge/desk-leg.ts';
import type { CallGrant } from '../ports/call-access.ts';
import type { CallRecords } from '../ports/call-records.ts';
import { PeerError } from '../ports/peer.ts';
import type { PeerFactory } from '../ports/peer.ts';
import { createCallLine } from '../signaling/call-line.ts';
import type { CallLine } from '../signaling/call-line.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent, VoiceAgents } from '../voice-agent.ts';
import type { HousePhrases } from '../voice-settings.ts';
import type { AgentMediaFactory } from './agent-media.ts';
import { createCallLinks, keyOf } from './call-links.ts';
import { callMeters } from './call-meters.ts';
import { sessionForCall } from './call-session.ts';
import { Call } from './call.ts';
import { connect, mediaOf } from './connection.ts';
import type { Connection } from './connection.ts';
import type { MediaPath } from './media-path.ts';

/** For so long late frames of a call that is over are no error (voice spec, section 4). */
const TOMBSTONE_MS = 60_000;

/** What the calls need from their house. */
export interface CallsParts {
  sessions: Sessions;
  peers: PeerFactory;
  agents: VoiceAgents;
  media: AgentMediaFactory;
  /** Makes the path of a person's leg. What it carries is in the recording of the caller already. */
  legMedia: AgentMediaFactory;
  /** Makes the path of an echo call. */
  echo(stream: { ssrc: number; cname: string; send: (packet: Uint8Array) => void }): MediaPath;
  records: CallRecords;
  /** What callers are told before anything else, in the agent's language; null: nothing. */
  notice(phrases: HousePhrases): string | null;
  /** What callers are told who are handed to a queue, in place of waiting; null: they wait. */
  announcement(queue: string): string | null;
  maxConcurrentCalls: number;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  /** A random number of 32 bits, for stream identifiers. */
  random32: () => number;
  log: Log;
  meter: Meter;
}

/** What comes of an offer: a call, whose answer is on its line, or a refusal. */
export type Begun = { call: Call } | { refused: SignalError };

/** What is known of a caller besides the offer and what it allows. */
export interface CallerFacts {
  userAgent: string | null;
  /** What the offer came with. */
  token: string;
}

/** The calls of this process. */
export interface Calls extends Participant {
  /** The call that an offer means: by its `sessionId`, or because it is sent again. Undefined: a new one. */
  meantBy(offer: Offer, grant: CallGrant): Begun | undefined;
  /** Begins a call. Rejects for what nobody foresaw; then there is no call. */
  begin(offer: Offer, grant: CallGrant, caller: CallerFacts): Promise<Begun>;
  /** The live call with this secret. */
  find(sessionId: string): Call | undefined;
  /** The line of a call with this secret that was over not long ago. */
  lineOfEnded(sessionId: string): CallLine | undefined;
  /** Calls that were answered and go on. */
  readonly count: number;
  /** From now on no call begins. */
  refuseNew(): void;
  /** Ends every call. */
  endAll(): void;
}

/** Who answers a call: an agent, the caller's own voice, or another caller with whom a person is to talk. */
interface Answerer {
  agent: VoiceAgent | null;
  bridge?: Bridge;
}

interface Refused {
  refused: SignalError;
}

/** Opens the gateway for calls. */
export function createCalls(parts: CallsParts): Calls {
  const { sessions, clock, timers, log, newId } = parts;
  const meters = callMeters(parts.meter);
  const links = createCallLinks();
  const live = new Map<string, Call>();
  const connections = new Map<Call, Connection>();
  const bySid = new Map<string, Call>();
  const bySession = new Map<string, Call>();
  const over = new Map<string, CallLine>();
  let refusing = false;

  function nameOf({ grant, offer }: { grant: CallGrant; offer: Offer }): string | undefined {
    // Nothing is linked to a person's leg.
    return offer.callSid === undefined || grant.desk ? undefined : keyOf({ ...grant, callSid: offer.callSid });
  }

  function isFull(grant: CallGrant): boolean {
    // A caller who is there is one whom a person may talk with.
    if (grant.desk) return false;
    const callers = [...live.values()].filter((call) => !call.grant.desk);
    const ofConnector = callers.filter((call) => call.grant.connectorId === grant.connectorId);
    return callers.length >= parts.maxConcurrentCalls || ofConnector.length >= grant.maxConcurrentCalls;
  }

  function onEnded(call: Call): void {
    const record = call.record();
    parts.records.saveCall(record);
    meters.ended(record);
    const { figures, ...facts } = record;
    log.info({ ...facts, ...figures }, 'A call ended');
    live.delete(call.sessionId);
    connections.delete(call);
    const name = nameOf(call);
    if (name !== undefined && bySid.get(name) === call) bySid.delete(name);
    if (call.session && bySession.get(call.session.info.id) === call) bySession.delete(call.session.info.id);
    // Nothing else of the call is kept for so long.
    const { sessionId, line } = call;
    over.set(sessionId, line);
    timers.after(TOMBSTONE_MS, () => over.delete(sessionId));
  }

  /** Joins a call to its session. What fails here fails the call alone. */
  async function converse(call: Call, connection: Connection, agent: VoiceAgent, ssrc: number): Promise<void> {
    const rate = agent.mode === 'traditional' ? 16_000 : 24_000;
    const media = await parts.media({ ...streamOf(call, connection, ssrc), rate, events: call.mediaEvents });
    call.attachMedia(media);
    const session = await sessionForCall(call, { sessions, links });
    if (call.isLive) {
      bySession.set(session.info.id, call);
      await call.converse(session, media);
    }
    if (call.isLive) parts.records.saveCall(call.record());
    // Nobody else knows of a session of the call's own.
    else if (session.info.door === 'voice' && !session.state.ended) session.execute({ type: 'expire' });
  }

  /** Joins a person's call to the line of a caller. */
  async function takeLine(call: Call, connection: Connection, leg: DeskLeg, ssrc: number): Promise<void> {
    const stream = streamOf(call, connection, ssrc);
    const media = await parts.legMedia({ ...stream, rate: 24_000, events: leg.mediaEvents });
    call.attachMedia(leg.pathOver(media));
  }

  /** The agent that an offer asks for; null: the caller's own voice. */
  function agentFor({ mode, variantId, build }: Offer, { agentId }: CallGrant): Answerer | Refused {
    if (mode === 'echo') return { agent: null };
    const wanted = { agentId, ...(variantId && { variantId }), ...(build && { build }) };
    const agent = parts.agents.choose(wanted, mode);
    return agent ? { agent } : { refused: signalErrors.agentUnavailable };
  }

  /** The caller with whom a person is to talk. */
  function callerOf({ sessionId }: NonNullable<CallGrant['desk']>): Answerer | Refused {
    const caller = bySession.get(sessionId);
    const isTheirs = caller?.session?.info.id === sessionId && caller.session.state.floor.holder === 'human';
    if (!isTheirs || !caller.bridge) return { refused: signalErrors.noCallToTake };
    return { agent: null, bridge: caller.bridge };
  }

  async function begin(offer: Offer, grant: CallGrant, { userAgent, token }: CallerFacts): Promise<Begun> {
    const name = nameOf({ grant, offer });
    if (name !== undefined && bySid.has(name)) return { refused: signalErrors.callSidInUse };
    const media = mediaOf(offer.sdp);
    if ('refused' in media) return media;
    if (refusing || isFull(grant)) return { refused: signalErrors.busy };
    const answerer = grant.desk ? callerOf(grant.desk) : agentFor(offer, grant);
    if ('refused' in answerer) return answerer;
    const { agent, bridge } = answerer;

    const call: Call = new Call({
      callId: newId(),
      sessionId: newId(),
      offer,
      grant,
      token,
      userAgent,
      line: createCallLine(timers),
      agent,
      notice: agent && parts.notice(agent.phrases),
      announcement: (queue) => parts.announcement(queue),
      clock,
      timers,
      newId,
      log,
      meters,
      onEnded() {
        onEnded(call);
        leg?.ended(call.record().outcome);
      },
    });
    const leg =
      bridge &&
      grant.desk &&
      createDeskLeg({
        callId: call.callId,
        person: grant.desk.person,
        bridge,
        hangUp: () => call.end('agent_hangup'),
        broke: (error) => call.broke(error),
      });
    if (leg?.claim() === false) return { refused: signalErrors.lineTaken };
    // Known before it is answered, so that limits count it and a repeated offer finds it.
    live.set(call.sessionId, call);
    if (name !== undefined) bySid.set(name, call);
    const ssrc = parts.random32();
    try {
      const connecting = connect(media, {
        peers: parts.peers,
        sessionId: call.sessionId,
        ssrc,
        cname: call.callId,
        send: (signal) => call.line.send(signal),
        stateChanged: (state) => call.connectionChanged(state),
        packet: (bytes) => call.packetArrived(bytes),
        renegotiated: (audio) => call.renegotiated(audio),
      });
      const [{ connection, answer }] = await Promise.all([connecting, agent && parts.agents.prepare?.()]);
      connections.set(call, connection);
      if (!agent && !leg)
        call.attachMedia(parts.echo({ ssrc, cname: call.callId, send: (packet) => connection.sendPacket(packet) }));
      call.answer(connection, answer);
      if (agent) converse(call, connection, agent, ssrc).catch((error: unknown) => call.broke(error));
      if (leg) takeLine(call, connection, leg, ssrc).catch((error: unknown) => call.broke(error));
      return { call };
    } catch (error) {
      call.abandon('media_failure');
      if (!(error instanceof PeerError)) throw error;
      log.warn({ callId: call.callId, err: error }, 'No media connection could be made for a call');
      return { refused: signalErrors.mediaFailed };
    }
  }

  /** A session that wants a call gets it if it was the first to ask. */
  function link(session: SessionHandle, callSid: string): void {
    const { info, state } = session;
    if (state.ended) {
      links.forget(info);
      return;
    }
    const asked = links.ask(info, callSid);
    if (asked === 'taken') session.execute({ type: 'call-link-refused' });
    const call = asked === 'new' ? bySid.get(keyOf({ ...info, callSid })) : undefined;
    if (!call) return;
    bySession.set(info.id, call);
    call.moveTo(session);
  }

  return {
    meantBy(offer, grant) {
      if (offer.sessionId !== undefined) {
        const call = live.get(offer.sessionId);
        if (!call) return { refused: signalErrors.sessionNotFound };
        return isOfSame(call.grant, grant) ? { call } : { refused: signalErrors.notPermitted };
      }
      const name = nameOf({ grant, offer });
      const call = name === undefined ? undefined : bySid.get(name);
      const isRepeated = call?.phase === 'negotiating' && connections.get(call)?.isRepeatedBy(offer.sdp);
      return call && isRepeated ? { call } : undefined;
    },
    begin,
    find: (sessionId) => live.get(sessionId),
    lineOfEnded: (sessionId) => over.get(sessionId),
    get count() {
      return connections.size;
    },
    refuseNew() {
      refusing = true;
    },
    endAll() {
      for (const call of live.values()) call.end('shutdown');
    },
    sessionChanged(session) {
      const { state, info } = session;
      if (state.callSid !== null) link(session, state.callSid);
      const call = bySession.get(info.id);
      call?.sessionChanged(session);
      if (call && state.ended) bySession.delete(info.id);
      else if (!call && state.call && !state.ended) {
        // Its process is gone, and the call with it. The user, who hasn't left, can still read what was said.
        session.execute({ type: 'call-ended', callId: state.call.callId, reason: 'REASON_NATURAL_END' });
      }
    },
    replyRelayed(session, news) {
      bySession.get(session.info.id)?.replyRelayed(session, news);
    },
  };
}

/** What an audio path needs to know of its stream. */
function streamOf({ callId }: Call, connection: Connection, ssrc: number) {
  const { audio } = connection;
  return { audio, ssrc, callId, send: (packet: Uint8Array): void => connection.sendPacket(packet) };
}

/** Whether who made a call may change it with another token: of the same project; of people, the same person. */
function isOfSame(one: CallGrant, other: CallGrant): boolean {
  const isSameProject = one.account === other.account && one.project === other.project;
  return (
    isSameProject && one.desk?.person.id === other.desk?.person.id && one.desk?.sessionId === other.desk?.sessionId
  );
}
