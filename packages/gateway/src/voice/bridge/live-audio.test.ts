import { describe, expect, it } from 'vitest';
import type { Mouth } from '../dialogue.ts';
import { PlayoutQueue } from '../media/playout-queue.ts';
import { framesOf, frequencyOf, joined, tone } from '../media/test/sound.ts';
import { createLiveAudio } from './live-audio.ts';

const silence = new Int16Array(480);

/** A mouth over a queue that is played in the test's hands. */
function openMouth() {
  const events: string[] = [];
  const queue = new PlayoutQueue(24_000, { segmentEnded: (id, how) => events.push(`${id} ${how}`) });
  const mouth: Mouth = {
    write: (id, pcm) => queue.write(id, pcm),
    finish: (id) => queue.finish(id),
    flush: () => queue.flush(),
    playedMs: (id) => queue.playedMs(id),
    lagMs: 0,
    get isSpeaking() {
      return queue.isSpeaking;
    },
  };
  return { mouth, queue, events };
}

describe('live audio', () => {
  it.each([16_000, 24_000] as const)('of %i Hz comes out at 24 kHz, a frame later at most', (rate) => {
    const { mouth, queue } = openMouth();
    const live = createLiveAudio({ mouth, segmentId: 'live', rate });
    const out: Int16Array[] = [];
    let late = 0;
    for (const frame of framesOf(tone(500, 1_000, rate), rate)) {
      live.take(frame);
      const played = queue.next();
      if (played) out.push(played);
      else late += 1;
    }
    expect(late).toBeLessThanOrEqual(1);
    expect(frequencyOf(joined(out.slice(2)), 24_000)).toBeCloseTo(500, 0);
    expect(live.droppedMs).toBe(0);
  });

  it('waits for nobody: beyond 200 ms it is dropped, and what is played later is what is said then', () => {
    const { mouth, queue } = openMouth();
    const live = createLiveAudio({ mouth, segmentId: 'live', rate: 24_000 });
    for (const frame of framesOf(tone(500, 1_000, 24_000), 24_000)) live.take(frame);
    expect(queue.waitingMs).toBeGreaterThan(180);
    expect(queue.waitingMs).toBeLessThanOrEqual(220);
    expect(live.droppedMs).toBe(1_000 - queue.waitingMs);
  });

  it('catches up in a pause: silence is dropped while something waits, and nothing else is', () => {
    const { mouth, queue } = openMouth();
    const live = createLiveAudio({ mouth, segmentId: 'live', rate: 24_000 });
    for (const frame of framesOf(tone(500, 160, 24_000), 24_000)) live.take(frame);
    for (let pause = 0; pause < 10; pause += 1) {
      live.take(silence);
      queue.next();
    }
    expect(queue.waitingMs).toBeLessThanOrEqual(80);
    live.take(tone(500, 20, 24_000));
    expect(queue.waitingMs).toBeLessThanOrEqual(100);
  });

  it('says nothing where nothing came, and nothing after its end', () => {
    const { mouth, queue, events } = openMouth();
    const live = createLiveAudio({ mouth, segmentId: 'live', rate: 24_000 });
    live.take(null);
    expect(queue.isSpeaking).toBe(false);
    live.take(tone(500, 20, 24_000));
    live.close();
    live.close();
    live.take(tone(500, 20, 24_000));
    expect(queue.waitingMs).toBe(20);
    queue.next();
    expect(events).toEqual(['live played']);
    expect(queue.isSpeaking).toBe(false);
  });
});
