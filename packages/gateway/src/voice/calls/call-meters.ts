// What is measured of calls, for the operator's dashboards.
import type { Histogram, Meter } from '../../kit/index.ts';
import type { DialogueMeasure } from '../dialogue.ts';
import type { CallRecord, StreamFigures } from '../ports/call-records.ts';
import type { CallTimes } from './call-times.ts';

/** The instruments of calls. */
export interface CallMeters {
  connected(times: CallTimes): void;
  firstAudio(times: CallTimes): void;
  measured(what: DialogueMeasure, valueMs: number): void;
  ended(record: CallRecord): void;
  /** Frames that left late, ms. */
  pacing: (lateMs: number) => void;
}

const stepBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
const turnBuckets = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];
const streamLabels = ['direction'];

/** Declares the instruments. */
export function callMeters(meter: Meter): CallMeters {
  const step = (name: string, help: string): Histogram => meter.histogram({ name, help, buckets: stepBuckets });
  const answer = step('parley_call_offer_to_answer_seconds', 'From an offer to its answer');
  const connected = step('parley_call_answer_to_connected_seconds', 'From the answer to the connected media path');
  const firstAudio = step('parley_call_connected_to_first_audio_seconds', "From there to the agent's first audio");
  const moment = meter.histogram({
    name: 'parley_call_turn_seconds',
    help: 'Parts of a turn: endpointing, transcript, first-token, first-audio, barge-in',
    labels: ['part'],
    buckets: turnBuckets,
  });
  const calls = meter.counter({
    name: 'parley_calls_total',
    help: 'Calls that are over, by mode and outcome',
    labels: ['mode', 'outcome'],
  });
  const loss = meter.histogram({
    name: 'parley_call_loss_ratio',
    help: 'Packets lost of a call, by direction',
    labels: streamLabels,
    buckets: [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2],
  });
  const jitter = meter.histogram({
    name: 'parley_call_jitter_seconds',
    help: 'Jitter of a call at its end (RFC 3550), by direction',
    labels: streamLabels,
    buckets: [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1],
  });
  const roundTrip = meter.histogram({
    name: 'parley_call_round_trip_seconds',
    help: 'Round trip of a call, from RTCP',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1],
  });
  const concealed = meter.histogram({
    name: 'parley_call_concealed_seconds',
    help: 'Audio of a caller that had to be made up, per call',
    buckets: [0, 0.02, 0.1, 0.5, 1, 5, 20],
  });
  const mos = meter.histogram({
    name: 'parley_call_mos',
    help: 'Estimated quality of a call (1 to 4.5), by direction',
    labels: streamLabels,
    buckets: [1.5, 2, 2.5, 3, 3.5, 4, 4.2, 4.4],
  });
  const late = meter.histogram({
    name: 'parley_call_frame_lateness_seconds',
    help: 'How late frames of the agent leave',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05],
  });

  const human = meter.histogram({
    name: 'parley_call_human_seconds',
    help: 'How long people of the desk were on the line, of calls in which they were',
    buckets: [10, 30, 60, 120, 300, 600, 1200, 1800, 3600],
  });

  function stream(direction: string, figures: StreamFigures | null): void {
    if (!figures || figures.packets === 0) return;
    loss.observe(figures.lost / (figures.packets + figures.lost), { direction });
    jitter.observe(figures.jitterMs / 1000, { direction });
    if (figures.mos !== null) mos.observe(figures.mos, { direction });
    if (figures.rttMs !== null) roundTrip.observe(figures.rttMs / 1000);
    if (figures.concealedMs !== null) concealed.observe(figures.concealedMs / 1000);
  }

  return {
    connected(times) {
      const { offerToAnswerMs, answerToConnectedMs } = times.figures();
      if (offerToAnswerMs !== null) answer.observe(offerToAnswerMs / 1000);
      if (answerToConnectedMs !== null) connected.observe(answerToConnectedMs / 1000);
    },
    firstAudio(times) {
      const { connectedToFirstAudioMs } = times.figures();
      if (connectedToFirstAudioMs !== null) firstAudio.observe(connectedToFirstAudioMs / 1000);
    },
    measured: (part, valueMs) => moment.observe(valueMs / 1000, { part }),
    ended({ mode, outcome, human: stretch, figures }) {
      if (stretch) human.observe(stretch.onLineMs / 1000);
      calls.add(1, { mode, outcome: outcome ?? 'agent_hangup' });
      stream('up', figures.up);
      stream('down', figures.down);
    },
    pacing: (lateMs) => late.observe(lateMs / 1000),
  };
}
