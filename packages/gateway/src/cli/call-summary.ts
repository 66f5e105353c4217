// A call as the command line gives it out, in data and in words.
import type { CallFigures, CallRecord, StreamFigures, TurnPartFigures } from '../voice/index.ts';
import { timeText } from './session-record.ts';
import type { Cell } from './table.ts';

/** What is known of a call but its figures. Times in ISO 8601; `endedAt` is null while it goes on. */
export function callSummary(call: CallRecord): Record<string, Cell> {
  const { startedMs, connectedMs, endedMs } = call;
  return {
    id: call.callId,
    callSid: call.callSid,
    startedAt: timeText(startedMs),
    connectedAt: connectedMs === null ? null : timeText(connectedMs),
    endedAt: endedMs === null ? null : timeText(endedMs),
    seconds: connectedMs === null || endedMs === null ? null : Math.round((endedMs - connectedMs) / 1000),
    outcome: call.outcome,
    people: call.human?.personIds.join(', ') ?? null,
    peopleSeconds: call.human ? Math.round(call.human.onLineMs / 1000) : null,
    session: call.sessionId,
    connector: call.connectorId,
    account: call.account,
    project: call.project,
    agent: call.agentId,
    variant: call.variantId,
    build: call.build,
    mode: call.mode,
    requestedMode: call.requestedMode,
    token: call.tokenKind,
    userAgent: call.userAgent,
  };
}

/** What was measured, a line per matter; nothing of what it didn't come to. */
export function figureLines(figures: CallFigures): string[] {
  const { path, signalingDrops, signalingReattaches, interruptions, turns = [], up, down } = figures;
  const steps = [
    step('answer', figures.offerToAnswerMs),
    step('connection', figures.answerToConnectedMs),
    step('first audio', figures.connectedToFirstAudioMs),
  ];
  return [
    line('set-up', steps),
    line('path', [path]),
    line('signaling', signalingDrops > 0 ? [`lost ${signalingDrops} times, back ${signalingReattaches} times`] : []),
    line('interruptions', interruptions > 0 ? [String(interruptions)] : []),
    ...turns.map((turn) => line(partNames[turn.part], turnParts(turn))),
    line('from the caller', up ? streamParts(up) : []),
    line('to the caller', down ? streamParts(down) : []),
  ].filter((text) => text !== null);
}

const partNames: Record<TurnPartFigures['part'], string> = {
  endpointing: 'pause until a turn was over',
  transcript: 'from there to the words',
  'first-token': 'from there to the first words of the agent',
  'first-audio': "from the end of speech to the agent's voice",
  'barge-in': 'from an interruption to silence',
};

function turnParts({ count, medianMs, longestMs }: TurnPartFigures): string[] {
  return [`${count} times`, `median ${medianMs} ms`, `longest ${longestMs} ms`];
}

function step(name: string, ms: number | null): string | null {
  return ms === null ? null : `${name} ${Math.round(ms)} ms`;
}

function streamParts({ packets, lost, jitterMs, rttMs, concealedMs, mos }: StreamFigures): (string | null)[] {
  const lostPercent = packets + lost > 0 ? (100 * lost) / (packets + lost) : 0;
  return [
    `${packets} packets`,
    `${lost} lost (${lostPercent.toFixed(1)} %)`,
    `jitter ${jitterMs.toFixed(1)} ms`,
    step('round trip', rttMs),
    step('concealed', concealedMs),
    mos === null ? null : `MOS ${mos.toFixed(1)}`,
  ];
}

function line(name: string, parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : `${name}: ${known.join(', ')}`;
}
