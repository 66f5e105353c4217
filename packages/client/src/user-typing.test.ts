import { describe, expect, it } from 'vitest';
import { FakeTime } from '../test/fake-time.ts';
import { UserTyping } from './user-typing.ts';

const STARTED = 'TYPING_STATE_STARTED';
const STOPPED = 'TYPING_STATE_STOPPED';

function setUp(): { time: FakeTime; typing: UserTyping; sent: string[] } {
  const time = new FakeTime();
  const sent: string[] = [];
  return { time, sent, typing: new UserTyping(time, (state) => void sent.push(state)) };
}

describe('user typing', () => {
  it('is told at most every 3 s', async () => {
    const { time, typing, sent } = setUp();
    for (let key = 0; key < 7; key += 1) {
      typing.typed();
      await time.advance(500);
    }
    expect(sent).toEqual([STARTED, STARTED]);
  });

  it('stops 5 s after the last key', async () => {
    const { time, typing, sent } = setUp();
    typing.typed();
    await time.advance(4_999);
    expect(sent).toEqual([STARTED]);
    await time.advance(1);
    expect(sent).toEqual([STARTED, STOPPED]);
  });

  it('stops when the message is sent, and starts afresh with the next key', () => {
    const { typing, sent } = setUp();
    typing.typed();
    typing.stopped();
    typing.stopped();
    typing.typed();
    expect(sent).toEqual([STARTED, STOPPED, STARTED]);
  });

  it('says nothing of a user who typed nothing, or on a socket that is gone', async () => {
    const { time, typing, sent } = setUp();
    typing.stopped();
    typing.typed();
    typing.forget();
    await time.advance(10_000);
    expect(sent).toEqual([STARTED]);
  });
});
