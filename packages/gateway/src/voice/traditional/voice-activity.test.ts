import { expect, it } from 'vitest';
import { createVoiceActivity } from './voice-activity.ts';

/** A detector that answers when the test says so. */
function handDetector() {
  const asked: { window: Float32Array; answer: (probability: number) => void; fail: (error: Error) => void }[] = [];
  let closed = 0;
  return {
    asked,
    get closed() {
      return closed;
    },
    probability: (window: Float32Array) =>
      new Promise<number>((resolve, reject) => asked.push({ window, answer: resolve, fail: reject })),
    close: () => void (closed += 1),
  };
}

function listening() {
  const detector = handDetector();
  const judged: [number, number][] = [];
  const failures: Error[] = [];
  const activity = createVoiceActivity({
    detector,
    judged: (probability, atMs) => void judged.push([probability, atMs]),
    failed: (error) => void failures.push(error),
  });
  let atMs = 0;
  const hear = (frames: number, sample = 0): void => {
    for (let frame = 0; frame < frames; frame++) activity.hear(new Int16Array(320).fill(sample), (atMs += 20));
  };
  return { detector, judged, failures, activity, hear };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('cuts frames of 20 ms into windows of 32 ms, from -1 to 1', () => {
  const { detector, hear } = listening();
  hear(1, 16_384);
  expect(detector.asked).toHaveLength(0);
  hear(1, -32_768);
  const [{ window } = { window: new Float32Array() }] = detector.asked;
  expect(window).toHaveLength(512);
  expect([window[0], window[319], window[320]]).toEqual([0.5, 0.5, -1]);
});

it('asks about one window at a time, in order, and says when each was heard', async () => {
  const { detector, judged, hear } = listening();
  hear(8);
  expect(detector.asked).toHaveLength(1);
  for (const probability of [0.1, 0.2, 0.3]) {
    detector.asked.at(-1)?.answer(probability);
    await settle();
  }
  expect(judged).toEqual([
    [0.1, 40],
    [0.2, 80],
    [0.3, 100],
  ]);
});

it('leaves out the oldest windows when the detector is slow', async () => {
  const { detector, judged, hear } = listening();
  hear(320);
  for (let answered = 0; answered < 30; answered++) {
    detector.asked.at(-1)?.answer(0);
    await settle();
  }
  // The one that was asked about, and the last half a second.
  expect(judged).toHaveLength(17);
  expect(judged.at(-1)?.[1]).toBe(6_400);
});

it('is over when the detector breaks, which is said once', async () => {
  const { detector, failures, hear } = listening();
  hear(8);
  detector.asked[0]?.fail(new Error('no memory'));
  await settle();
  hear(8);
  expect(failures.map(({ message }) => message)).toEqual(['no memory']);
  expect(detector.asked).toHaveLength(1);
  expect(detector.closed).toBe(1);
});

it('says nothing after it was closed', async () => {
  const { detector, judged, failures, activity, hear } = listening();
  hear(8);
  activity.close();
  activity.close();
  detector.asked[0]?.fail(new Error('closed'));
  await settle();
  expect([judged, failures, detector.closed]).toEqual([[], [], 1]);
});
