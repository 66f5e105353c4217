// How a connection comes from what was to what is, whatever happens in between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveSession } from './live-session.ts';
import { messagingHouse, settle } from './test/messaging-house.ts';
import type { Client, MessagingHouse } from './test/messaging-house.ts';

/** A session whose agent has joined, with so many messages; everything is durable. */
async function sessionWith(messages: number, house: MessagingHouse): Promise<LiveSession> {
  const session = await house.begin();
  session.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
  for (let count = 0; count < messages; count++) say('Hello.', session);
  think(session);
  await settle();
  return session;
}

function say(text: string, session: LiveSession): void {
  session.execute({ type: 'client-event', event: { type: 'user-message', text } });
}

/** Something that is shown to everybody and not kept. */
function think(session: LiveSession): void {
  session.execute({ type: 'agent-thinking', turnId: session.state.turn?.id ?? '' });
}

/** Lets a replay come to its end, pauses included. */
async function finishReplay({ time }: MessagingHouse): Promise<void> {
  for (let batch = 0; batch < 6; batch++) {
    await settle();
    time.advance(50);
  }
  await settle();
}

describe('the replay', () => {
  it('MSG-033 MSG-034 of a new session is one batch with one event', async () => {
    const house = messagingHouse();
    const { socket } = house.connect(await house.begin());
    await settle();
    expect(socket.frames).toHaveLength(1);
    expect(socket.lines).toEqual(['1 session-start']);
  });

  it.each([4, 5, 1000])('MSG-041 after cursor %i, at or beyond the end, is one empty batch', async (cursor) => {
    const house = messagingHouse();
    const session = await sessionWith(1, house);
    const { socket } = house.connect(session, cursor);
    await settle();
    expect(socket.frames.map((frame) => JSON.parse(frame) as object)).toMatchObject([{ payload: { events: [] } }]);
    say('New.', session);
    await settle();
    expect(socket.lines).toEqual(['5 user-message']);
  });

  it('of a long session comes in batches of fifty, paced after two', async () => {
    const house = messagingHouse();
    const { socket } = house.connect(await sessionWith(200, house));
    const seen: number[] = [];
    for (let round = 0; round < 5; round++) {
      await settle();
      seen.push(socket.events.length);
      house.time.advance(50);
    }
    expect(seen).toEqual([100, 150, 200, 203, 203]);
  });

  it.each([
    ['MSG-044 shows the start and the arrival in one batch, however many words came before', 120, [123, 50, 18]],
    [
      'is cut as ever where more came before the arrival than a client can buffer',
      300,
      [50, 50, 50, 50, 50, 50, 50, 21],
    ],
  ])('%s', async (_, before, sizes) => {
    const house = messagingHouse();
    const session = await house.begin();
    for (let count = 0; count < before; count++) say('Anybody there?', session);
    session.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
    think(session);
    for (let count = 0; count < 68; count++) say('Hello.', session);
    await settle();
    const { socket } = house.connect(session);
    for (let batch = 0; batch < 10; batch++) await finishReplay(house);
    expect(socket.lines.indexOf(`${before + 3} poly-agent-joined`)).toBe(before + 2);
    const shown = socket.frames.map(
      (frame) => (JSON.parse(frame) as { payload: { events: unknown[] } }).payload.events,
    );
    expect(shown.map(({ length }) => length)).toEqual(sizes);
  });

  it('MSG-046 keeps to the limit of bytes though that parts the start from the arrival', async () => {
    const house = messagingHouse();
    const session = await house.begin();
    say('x'.repeat(100_000), session);
    say('x'.repeat(100_000), session);
    session.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
    think(session);
    await settle();
    const { socket } = house.connect(session);
    await finishReplay(house);
    expect(socket.lines).toHaveLength(5);
    for (const frame of socket.frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(131_072);
  });

  it('of a long session waits for a reader that is slow, and comes to its end', async () => {
    const house = messagingHouse();
    const { socket } = house.connect(await sessionWith(200, house));
    await settle();
    socket.bufferedBytes = 500_001;
    for (let round = 0; round < 100; round++) {
      house.time.advance(50);
      await settle();
    }
    expect([socket.events.length, socket.closedWith]).toEqual([100, null]);
    socket.bufferedBytes = 500_000;
    await finishReplay(house);
    expect(socket.events).toHaveLength(203);
  });

  it('MSG-042 is equal to the byte to what was shown live', async () => {
    const house = messagingHouse();
    const session = await house.begin();
    const witness = house.connect(session, 1);
    await settle();
    witness.send({ type: 'request-poly-agent-join' }, { local_id: 'L', größe: ['\u2028', 1e21] });
    say('Zwölf 🦔', session);
    await settle();
    const late = house.connect(session, 1);
    await settle();
    const shown = witness.socket.frames.filter((frame) => !frame.includes('"sequence":null'));
    expect(late.socket.frames[0]).toContain(shown.join(','));
  });

  it('lets clients be heard while it runs; their answers come after it', async () => {
    const house = messagingHouse();
    const session = await sessionWith(0, house);
    house.store.holdReads = true;
    const client = house.connect(session);
    client.send({ type: 'heartbeat' });
    client.send({ type: 'user-message', text: 'Me again.' });
    await settle();
    expect(client.socket.frames).toEqual([]);
    house.store.holdReads = false;
    house.store.answer();
    await settle();
    const replayed = ['1 session-start', '2 request-poly-agent-join', '3 poly-agent-joined'];
    expect(client.socket.lines).toEqual([...replayed, '~ heartbeat', '4 user-message']);
  });

  it('is not cut short by the end of its session', async () => {
    const house = messagingHouse();
    const session = await sessionWith(900, house);
    const { socket } = house.connect(session);
    session.execute({ type: 'client-event', event: { type: 'user-end-session' } });
    for (let batch = 0; batch < 19; batch++) {
      await settle();
      expect(socket.closedWith).toBeNull();
      house.time.advance(50);
    }
    await settle();
    expect(socket.lines.at(-1)).toBe('905 session-end');
    house.time.advance(2_000);
    expect(socket.closedWith?.code).toBe(1000);
  });

  it('ends quietly when the socket is gone', async () => {
    const house = messagingHouse();
    house.store.holdReads = true;
    const { connection, socket } = house.connect(await sessionWith(0, house));
    connection.closed();
    house.store.answer();
    await settle();
    expect(socket.frames).toEqual([]);
    expect(house.connections.count).toBe(0);
  });

  it('that misses what was published closes with 1011 rather than leave a gap; the session lives', async () => {
    const house = messagingHouse();
    const session = await sessionWith(3, house);
    house.store.replay = async () => [];
    const { socket } = house.connect(session, 1);
    await settle();
    expect(socket.closedWith?.code).toBe(1011);
    expect(house.sessions.peek(session.info.id)).toBe(session);
  });

  it('that cannot be read closes with 1011', async () => {
    const house = messagingHouse();
    const session = await sessionWith(0, house);
    house.store.replay = () => Promise.reject(new Error('disk on fire'));
    const { socket } = house.connect(session);
    await settle();
    expect(socket.closedWith?.code).toBe(1011);
  });
});

/** What can happen while a connection replays. */
const happenings: Record<string, (house: MessagingHouse, session: LiveSession, late: Client) => unknown> = {
  message: (_, session) => say('Hi.', session),
  thinking: (_, session) => think(session),
  heartbeat: (_house, _session, late) => late.send({ type: 'heartbeat' }),
  write: ({ store }) => store.write(),
  tell: ({ store }) => store.tell(),
  answer: ({ store }) => store.answer(),
  'a little time': ({ time }) => time.advance(50),
  'some microtasks': () => settle(),
  'a microtask': () => null,
};

describe('a connection that comes late', () => {
  const scene = fc.record({
    messages: fc.integer({ min: 0, max: 160 }),
    cursor: fc.integer({ min: 0, max: 170 }),
    during: fc.array(fc.constantFrom(...Object.keys(happenings), 'write', 'tell', 'answer', 'answer'), {
      maxLength: 60,
      size: 'max',
    }),
  });

  it(
    'MSG-043 MSG-045 sees everything after its cursor once, in the order of those who were there',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(scene, async ({ messages, cursor, during }) => {
          const house = messagingHouse();
          const session = await sessionWith(messages, house);
          const witness = house.connect(session);
          await finishReplay(house);
          const before = witness.socket.events;

          house.store.holdReads = true;
          house.store.holdWrites = true;
          const late = house.connect(session, cursor);
          const published = session.publishedSequence;
          for (const what of during) {
            await happenings[what]?.(house, session, late);
          }
          house.store.holdReads = false;
          house.store.commit();
          while (house.store.heldReads > 0) house.store.answer();
          await finishReplay(house);

          const after = Math.min(cursor, published);
          const missed = before.filter(({ sequence }) => sequence !== null && sequence > after);
          const followed = witness.socket.events.slice(before.length);
          const seen = late.socket.events.filter(({ event }) => event.type !== 'heartbeat');
          expect(seen.map(({ id }) => id)).toEqual([...missed, ...followed].map(({ id }) => id));
        }),
        { numRuns: 500, seed: 20260101 },
      );
    },
  );
});
