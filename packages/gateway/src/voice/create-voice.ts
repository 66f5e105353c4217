// Puts the voice room together: signaling, calls, media and speech.
import { randomBytes } from 'node:crypto';
import type { Clock, Log, Meter, NewId, Timers } from '../kit/index.ts';
import type { Participant, Sessions } from '../messaging/index.ts';
import { createNodeDataChannelPeers } from './adapters/node-datachannel/peer-factory.ts';
import type { NodeDataChannelOptions } from './adapters/node-datachannel/peer-factory.ts';
import { wasmOpus } from './adapters/opus/wasm-opus.ts';
import { agentPaths } from './calls/agent-path.ts';
import { callMeters } from './calls/call-meters.ts';
import { createCalls } from './calls/calls.ts';
import type { CallsParts } from './calls/calls.ts';
import { createEchoPath } from './calls/echo-path.ts';
import { createVoiceAgents } from './create-voice-agents.ts';
import type { CallableAgents } from './create-voice-agents.ts';
import { PacingClock, monotonicClock } from './media/pacing-clock.ts';
import { isSdp } from './negotiation/offered-media.ts';
import type { CallAccess } from './ports/call-access.ts';
import type { CallRecords } from './ports/call-records.ts';
import { recordingNotice } from './recording/recording-notice.ts';
import { startRecordingRetention } from './recording/recording-retention.ts';
import { createRecordings } from './recording/recordings.ts';
import type { OfferRules } from './signaling/read-offer.ts';
import { createSignaling } from './signaling/signaling.ts';
import type { Signaling } from './signaling/signaling.ts';
import type { VoiceAgents } from './voice-agent.ts';
import type { RecordingSettings } from './voice-settings.ts';

/** What voice needs from its house. */
export interface VoiceParts {
  sessions: Sessions;
  access: CallAccess;
  records: CallRecords;
  /** Where media flows. */
  network: NodeDataChannelOptions;
  /** What offers may ask for. */
  rules: Omit<OfferRules, 'isSdp'>;
  /** The agents as configured. */
  agents: CallableAgents;
  /** No falling back between end-to-end and traditional. */
  strictModes: boolean;
  maxConcurrentCalls: number;
  /** What callers are told who are handed to a queue, in place of waiting; null: they wait. */
  announcement(queue: string): string | null;
  recording: RecordingSettings;
  /** Answers in place of the configured agents. */
  voiceAgents?: VoiceAgents | undefined;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
}

/** Voice, ready for calls. */
export interface Voice {
  readonly signaling: Signaling;
  /** Takes part in the sessions of calls. */
  readonly participant: Participant;
  /** Calls from their answer to their end. */
  readonly activeCalls: number;
  /** No call begins any more. */
  refuseNew(): void;
  /** Ends every call, telling its caller. */
  endAll(): void;
  close(): Promise<void>;
}

/** Opens voice. Nothing heavy is loaded before the first call. */
export function createVoice(parts: VoiceParts): Voice {
  const { clock, timers, log, meter, recording } = parts;
  const peers = createNodeDataChannelPeers(parts.network, clock);
  const agents = parts.voiceAgents ?? createVoiceAgents(parts.agents, { ...parts, strictModes: parts.strictModes });
  const { pacing: onLate } = callMeters(meter);
  const pacing = new PacingClock({ timers, clock: monotonicClock, onBeat: onLate });
  const random32 = (): number => randomBytes(4).readUInt32BE();
  const { directory, retentionDays: days } = recording;
  const recordings = recording.enabled ? createRecordings({ directory, opus: wasmOpus, clock, log }) : undefined;
  // What was recorded before it was turned off grows old as well.
  const retention = startRecordingRetention({ directory, days, clock, timers, log });
  const paths = { opus: wasmOpus, pacing, clock: monotonicClock, wallClock: clock, random32 };
  const media = agentPaths({ ...paths, recordings });
  const legMedia = agentPaths(paths);
  const echoParts = { clock: monotonicClock, wallClock: clock, timers, random32 };
  const echo: CallsParts['echo'] = (stream) => createEchoPath({ ...echoParts, ...stream });
  const notice: CallsParts['notice'] = (phrases) => recordingNotice(recording, phrases);
  const calls = createCalls({ ...parts, peers, agents, media, legMedia, echo, notice, random32 });
  const rules = { ...parts.rules, isSdp };
  const signaling = createSignaling({
    calls,
    access: parts.access,
    rules,
    arriving: () => void agents.prepare?.(),
    clock,
    log,
  });

  return {
    signaling,
    participant: calls,
    get activeCalls() {
      return calls.count;
    },
    refuseNew: () => calls.refuseNew(),
    endAll: () => calls.endAll(),
    async close() {
      calls.endAll();
      retention.cancel();
      await recordings?.close();
      await agents.close();
      peers.close();
    },
  };
}
