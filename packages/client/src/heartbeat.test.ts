import { describe, expect, it } from 'vitest';
import { FakeTime } from '../test/fake-time.ts';
import { Heartbeat } from './heartbeat.ts';

interface Watched {
  time: FakeTime;
  heartbeat: Heartbeat;
  sent: number;
  silences: number;
}

function watch(): Watched {
  const time = new FakeTime();
  const watched = { time, sent: 0, silences: 0 };
  const heartbeat = new Heartbeat({
    time,
    intervalMs: () => 30_000,
    send: () => (watched.sent += 1),
    onSilence: () => (watched.silences += 1),
  });
  return Object.assign(watched, { heartbeat });
}

describe('heartbeat', () => {
  it('goes out at every interval while the other side answers', async () => {
    const watched = watch();
    for (let minute = 0; minute < 6; minute += 1) {
      await watched.time.advance(30_000);
      watched.heartbeat.heard();
    }
    expect(watched).toMatchObject({ sent: 6, silences: 0 });
  });

  it('10 s without any frame after it are silence, told once', async () => {
    const watched = watch();
    await watched.time.advance(39_999);
    expect(watched.silences).toBe(0);
    await watched.time.advance(60_000);
    expect(watched).toMatchObject({ sent: 1, silences: 1 });
  });

  it('a check asks at once and waits only 4 s', async () => {
    const watched = watch();
    watched.heartbeat.check();
    expect(watched.sent).toBe(1);
    await watched.time.advance(4_000);
    expect(watched.silences).toBe(1);
  });

  it('says nothing any more once it is stopped', async () => {
    const watched = watch();
    watched.heartbeat.check();
    watched.heartbeat.stop();
    await watched.time.advance(120_000);
    expect(watched).toMatchObject({ sent: 1, silences: 0 });
    expect(watched.time.waiting).toBe(0);
  });
});
