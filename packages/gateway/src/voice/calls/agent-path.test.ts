import { describe, expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { wasmOpus } from '../adapters/opus/wasm-opus.ts';
import { levelDbfs } from '../media/level.ts';
import { PacingClock } from '../media/pacing-clock.ts';
import { framesOf, frequencyOf, joined, tone } from '../media/test/sound.ts';
import { encoded, opusType, sent } from '../media/test/wire.ts';
import type { CallRecording } from '../recording/recordings.ts';
import type { AgentMediaOptions } from './agent-media.ts';
import { agentPaths } from './agent-path.ts';

const audio = { opusPayloadType: opusType } as AgentMediaOptions['audio'];
const noEvents = { frame() {}, digit() {}, segmentStarted() {}, segmentEnded() {}, broke() {} };

/** A recording that keeps what it takes. */
function keptRecording() {
  const taken: { caller: Int16Array | null; agent: Int16Array }[] = [];
  let finished = 0;
  const recording: CallRecording = {
    take: (caller, agent) => void taken.push({ caller, agent }),
    discard: async () => {},
    finish: async () => void finished++,
  };
  return {
    recording,
    taken,
    get finished() {
      return finished;
    },
  };
}

describe('a path to an agent', () => {
  it('gives the recording of its call what both sides said at the same time, and ends it', async () => {
    const time = new FakeTime();
    const kept = keptRecording();
    const begun: unknown[] = [];
    const paths = agentPaths({
      opus: wasmOpus,
      pacing: new PacingClock({ timers: time, clock: time }),
      clock: time,
      wallClock: time,
      random32: () => 7,
      recordings: {
        begin: async (call) => {
          begun.push(call);
          return kept.recording;
        },
        close: async () => {},
      },
    });
    const path = await paths({ rate: 16_000, audio, ssrc: 1, callId: 'call-1', send() {}, events: noEvents });
    expect(begun).toEqual([{ callId: 'call-1', callerRate: 16_000 }]);

    path.start();
    for (const frame of framesOf(tone(700, 1_000, 24_000), 24_000)) path.mouth.write('hello', frame);
    path.mouth.finish('hello');
    for (const { bytes } of sent(await encoded(tone(300, 1_000, 24_000), 24_000))) {
      path.take(bytes);
      time.advance(20);
    }
    time.advance(2_000);
    expect(kept.taken.length).toBeGreaterThanOrEqual(149);
    const together = kept.taken.slice(10, 40);
    expect(frequencyOf(joined(together.map(({ caller }) => caller!)), 16_000)).toBeCloseTo(300, 0);
    expect(frequencyOf(joined(together.map(({ agent }) => agent)), 24_000)).toBeCloseTo(700, 0);
    expect(kept.taken.at(-1)?.caller).toBeNull();
    expect(levelDbfs(kept.taken.at(-1)!.agent)).toBeLessThan(-90);

    expect(kept.finished).toBe(0);
    path.close();
    path.close();
    const { length } = kept.taken;
    time.advance(100);
    expect([kept.taken.length, kept.finished]).toEqual([length, 1]);
  });
});
