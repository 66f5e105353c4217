import { describe, expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { watchReach } from './reach-watch.ts';

const audio = new Uint8Array([0x80, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
const report = new Uint8Array([0x80, 201, 0, 1, 0, 0, 0, 1]);

function watched() {
  const time = new FakeTime();
  const news: string[] = [];
  const watch = watchReach({
    clock: time,
    timers: time,
    lost: () => void news.push('lost'),
    back: () => void news.push('back'),
  });
  return { time, news, watch };
}

describe('a caller', () => {
  it('of whom nothing came for eight seconds is out of reach, until a packet comes', () => {
    const { time, news, watch } = watched();
    watch.packet(report);
    time.advance(7_000);
    expect(news).toEqual([]);
    time.advance(2_000);
    expect(news).toEqual(['lost']);
    watch.packet(audio);
    watch.packet(audio);
    expect(news).toEqual(['lost', 'back']);
  });

  it('VOX-097 who sends nothing but reports is there', () => {
    const { time, news, watch } = watched();
    for (let reports = 0; reports < 20; reports += 1) {
      watch.packet(report);
      time.advance(7_500);
    }
    expect(news).toEqual([]);
  });

  it('VOX-097 who never sent a report is believed to be there, silent as he is', () => {
    const { time, news, watch } = watched();
    watch.packet(audio);
    time.advance(120_000);
    expect(news).toEqual([]);
  });

  it('who has hung up is no longer watched', () => {
    const { time, news, watch } = watched();
    watch.packet(report);
    watch.close();
    time.advance(60_000);
    expect(news).toEqual([]);
  });
});
