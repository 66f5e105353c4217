// The audio of one call between a caller and an agent: a receiver and a sender on the same beat.
import type { Clock } from '../../kit/index.ts';
import type { Mouth } from '../dialogue.ts';
import type { MonotonicClock, PacingClock } from '../media/pacing-clock.ts';
import { createReceiver } from '../media/receiver.ts';
import type { ReceivedTypes } from '../media/receiver.ts';
import { RtcpReporter } from '../media/rtcp-reporter.ts';
import { isRtcp } from '../media/rtcp.ts';
import { createSender } from '../media/sender.ts';
import type { Opus } from '../ports/opus.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { AgentMediaFactory, AgentMediaOptions } from './agent-media.ts';
import type { AgentMediaPath } from './media-path.ts';
import { downFigures, upFigures } from './stream-figures.ts';

/** How long the caller's own jitter buffer holds what arrives, ms (voice spec, section 9.3). */
const CLIENT_BUFFER_MS = 80;

/** What all paths of a process share. */
export interface AgentPathParts {
  opus: Opus;
  pacing: PacingClock;
  /** For media alone: it never jumps. */
  clock: MonotonicClock;
  /** The time of day, for sender reports. */
  wallClock: Clock;
  /** Undefined: nothing is recorded. */
  recordings?: Recordings | undefined;
  random32: () => number;
}

/** Makes paths to agents. */
export function agentPaths(parts: AgentPathParts): AgentMediaFactory {
  const { opus, pacing, clock, recordings, random32 } = parts;
  return async ({ rate, audio, ssrc, callId, send, events }): Promise<AgentMediaPath> => {
    const start = { ssrc, sequence: random32() & 0xffff, timestamp: random32() };
    const { segmentStarted, segmentEnded, digit } = events;
    const sender = await createSender({
      opus,
      payloadType: audio.opusPayloadType,
      start,
      events: { segmentStarted, segmentEnded },
    });
    const receiver = await createReceiver({ opus, rate, types: typesOf(audio), pressed: digit });
    const reporter = new RtcpReporter({
      ssrc,
      cname: callId,
      sent: () => ({ ...sender.counts, rtpTime: sender.timestamp }),
      received: () => receiver.reception.report(),
      epochMs: parts.wallClock.nowMs() - clock.nowMs(),
      random: () => random32() / 2 ** 32,
    });
    const recording = await recordings?.begin({ callId, callerRate: rate });
    const { queue } = sender;
    let stop: (() => void) | undefined;
    let closed = false;

    const mouth: Mouth = {
      write: (segmentId, pcm) => queue.write(segmentId, pcm),
      finish: (segmentId) => queue.finish(segmentId),
      flush: () => queue.flush(),
      playedMs: (segmentId) => queue.playedMs(segmentId),
      get lagMs() {
        return (reporter.downlink?.rttMs ?? 0) / 2 + CLIENT_BUFFER_MS;
      },
      get isSpeaking() {
        return queue.isSpeaking;
      },
    };

    /** What left in the beats whose other half is still to come. */
    const said: Int16Array[] = [];

    function beat(nowMs: number): void {
      const sent = sender.tick();
      send(sent.packet);
      said.push(sent.pcm);
      const report = reporter.due(nowMs);
      if (report) send(report);
    }

    function afterBeat(nowMs: number): void {
      sender.prepare();
      const heard = receiver.pull(nowMs);
      const frame = heard.origin === 'silence' ? null : heard.pcm;
      recording?.take(frame, said.shift() ?? new Int16Array());
      if (!closed) events.frame(frame);
    }

    return {
      mouth,
      take(packet) {
        if (closed) return;
        if (isRtcp(packet)) reporter.take(packet, clock.nowMs());
        else receiver.take(packet, clock.nowMs());
      },
      renegotiated(next) {
        sender.usePayloadType(next.opusPayloadType);
        receiver.useTypes(typesOf(next));
      },
      start() {
        if (!closed) stop ??= pacing.add({ beat, afterBeat, failed: (error) => events.broke(error) });
      },
      pause: () => queue.pause(),
      resume: () => queue.resume(),
      figures: () => ({
        up: upFigures(receiver.stats, reporter.downlink),
        down: downFigures(sender.counts, reporter.downlink),
      }),
      close() {
        if (closed) return;
        closed = true;
        stop?.();
        send(reporter.bye(clock.nowMs()));
        sender.close();
        receiver.close();
        void recording?.finish();
      },
    };
  };
}

function typesOf({ opusPayloadType, telephoneEvent }: AgentMediaOptions['audio']): ReceivedTypes {
  return { opus: opusPayloadType, telephoneEvents: telephoneEvent ? [telephoneEvent.payloadType] : [] };
}
