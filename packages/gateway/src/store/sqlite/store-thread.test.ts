import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog, type LogFields } from '../../kit/index.ts';
import { entriesAt } from '../test/sample-sessions.ts';
import { StoreThread } from './store-thread.ts';

const workers: Worker[] = [];

/** A thread that runs a few lines of JavaScript per request instead of a database. */
function threadThat(onRequest: string, parts: Partial<ConstructorParameters<typeof StoreThread>[1]> = {}): StoreThread {
  const script = `
    const { parentPort } = require('node:worker_threads');
    const reply = (message) => parentPort.postMessage(message);
    const seen = [];
    parentPort.on('message', ({ group, calls }) => { ${onRequest} });`;
  const worker = new Worker(script, { eval: true });
  workers.push(worker);
  return new StoreThread(worker, { log: silentLog, ...parts });
}

/** Appends one entry; the outcome is the error, or null. */
function outcome(thread: StoreThread, sessionId = 's1'): Promise<Error | null> {
  return new Promise((resolve) => {
    thread.append({ sessionId, entries: entriesAt(1) }, (error) => resolve(error ?? null));
  });
}

const RECORDING = `
  if (group) {
    seen.push(group.sessionIds.concat([...group.notes.keys()]).join());
    reply({ type: 'written', conflicts: [] });
  }
  for (const { id } of calls) reply({ type: 'answer', id, value: seen });`;

describe('the process side of the database thread', () => {
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.terminate();
  });

  it('sends together what is given in one turn, and then what comes while that is written', async () => {
    const thread = threadThat(RECORDING);
    const first = ['a', 'b', 'c'].map((id) => outcome(thread, id));
    await nextTurn();
    const second = ['d', 'e'].map((id) => outcome(thread, id));
    thread.note('f', { activeMs: 1 });
    await Promise.all([...first, ...second]);
    expect(await thread.ask('list')).toEqual(['a,b,c', 'd,e,f']);
  });

  it('reports to those whose append was refused, and to no other', async () => {
    const thread = threadThat(`reply({ type: 'written', conflicts: [1] });`);
    const [one, two, three] = await Promise.all([outcome(thread, 'a'), outcome(thread, 'b'), outcome(thread, 'c')]);
    expect(one).toBeNull();
    expect(two).toMatchObject({ code: 'conflict', message: expect.stringContaining('session b') });
    expect(three).toBeNull();
  });

  it('reports the error of a group to everybody in it, and goes on with the next', async () => {
    const thread = threadThat(`
      seen.push(group);
      if (seen.length > 1) reply({ type: 'written', conflicts: [] });
      else reply({ type: 'not-written', failure: { code: 'failed', message: 'database or disk is full' } });`);
    const failed = { code: 'failed', message: 'database or disk is full' };
    expect(await Promise.all([outcome(thread), outcome(thread)])).toMatchObject([failed, failed]);
    expect(await outcome(thread)).toBeNull();
  });

  it('does not let one who waits and throws keep the others from their report', async () => {
    const logged: LogFields[] = [];
    const thread = threadThat(RECORDING, {
      log: { ...silentLog, error: (fields) => logged.push(fields) },
    });
    const thrown = new Error('a fault of the one who waits');
    thread.append({ sessionId: 's1', entries: entriesAt(1) }, () => {
      throw thrown;
    });
    expect(await outcome(thread)).toBeNull();
    expect(logged).toEqual([{ err: thrown }]);
  });

  it.each([
    ['ends by itself', 'process.exit(3);'],
    ['throws', `throw new Error('corrupt');`],
  ])('fails all that waits and all that comes when the thread %s', async (_, onRequest) => {
    const failures: Error[] = [];
    const thread = threadThat(onRequest, { onFailure: (error) => failures.push(error) });
    const underWay = outcome(thread);
    await nextTurn();
    const waiting = outcome(thread);
    const asked = thread.ask('load', 's1');
    const unusable = { code: 'unusable', message: expect.stringContaining('the database thread is gone') };
    await expect(asked).rejects.toMatchObject(unusable);
    expect(await Promise.all([underWay, waiting])).toMatchObject([unusable, unusable]);
    expect(await outcome(thread)).toMatchObject(unusable);
    await expect(thread.ask('list')).rejects.toMatchObject(unusable);
    await thread.close();
    expect(failures).toMatchObject([unusable]);
  });
});
