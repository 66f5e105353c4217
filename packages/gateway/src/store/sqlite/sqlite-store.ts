// The store on SQLite: a file, and a thread that writes it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BridgeStore, DeliveryStore, DeskStore } from '../../handoff/index.ts';
import type { DeskUserStore } from '../../identity/index.ts';
import type { Log } from '../../kit/index.ts';
import type { SessionStore } from '../../messaging/index.ts';
import type { CallRecords } from '../../voice/index.ts';
import type { Store } from '../store.ts';
import { createBell } from './bell.ts';
import type { PurgeStep } from './purge-step.ts';
import { StoreThread } from './store-thread.ts';
import { errorOf, type ThreadData, type ThreadGreeting } from './thread-messages.ts';

/** How to open a store. */
export interface SqliteStoreOptions {
  /** Path of the database, made with its folder when missing; or `:memory:`. */
  file: string;
  log: Log;
  /** The database thread is gone although nobody closed the store, which is of no use any more. Called once. */
  onFailure?: (error: Error) => void;
}

/** Opens the database, bringing it up to date first. Throws a `StoreError`: `version`, or `failed` with the reason. */
export async function openSqliteStore({ file, log, onFailure }: SqliteStoreOptions): Promise<Store> {
  const bell = createBell();
  const thread = new StoreThread(await startThread({ file, bell }), { log, bell, onFailure });
  return {
    ...sessionsIn(thread),
    find: (by) => thread.ask('find', by),
    list: () => thread.ask('list'),
    save: (connector) => thread.ask('save', connector),
    remove: (id) => thread.ask('remove', id),
    desk: deskIn(thread),
    deskUsers: deskUsersIn(thread),
    bridge: bridgeIn(thread),
    deliveries: deliveriesIn(thread),
    findShared: (by) => thread.ask('findShared', by),
    ...callsIn(thread, log),
    async purge(query) {
      await everyStep(() => thread.ask('purgeCalls', query));
      return everyStep(() => thread.ask('purgeStep', query));
    },
    close: () => thread.close(),
  };
}

async function startThread(workerData: ThreadData): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, name: 'store' });
  const [{ failure }] = (await once(worker, 'message')) as [ThreadGreeting];
  if (failure) throw errorOf(failure);
  return worker;
}

/** Takes steps until nothing is left, and says how much was removed. */
async function everyStep(take: () => Promise<PurgeStep>): Promise<number> {
  let removed = 0;
  for (let more = true; more;) {
    const step = await take();
    removed += step.removed;
    more = step.more;
  }
  return removed;
}

function callsIn(thread: StoreThread, log: Log): CallRecords {
  return {
    saveCall(record) {
      thread.ask('saveCall', record).catch((error: unknown) => {
        log.error({ callId: record.callId, err: error }, 'The record of a call was not stored');
      });
    },
    endLostCalls(nowMs) {
      thread.ask('endLostCalls', nowMs).catch((error: unknown) => {
        log.error({ err: error }, 'Records of calls that a crash cut off were not ended');
      });
    },
  };
}

function deskIn(thread: StoreThread): DeskStore {
  return {
    openCases: () => thread.ask('openCases'),
    saveCase: (record) => thread.ask('saveCase', record),
    joinedCases: (query) => thread.ask('joinedCases', query),
    addNote: (note) => thread.ask('addNote', note),
    notesOf: (sessionId) => thread.ask('notesOf', sessionId),
  };
}

function bridgeIn(thread: StoreThread): BridgeStore {
  return {
    findCase: (id) => thread.ask('findBridgeCase', id),
    openCases: () => thread.ask('openBridgeCases'),
    saveCase: (record) => thread.ask('saveBridgeCase', record),
    remembered: (caseId) => thread.ask('bridgeRemembered', caseId),
    remember: (caseId, remembered) => thread.ask('bridgeRemember', caseId, remembered),
    findEvent: (caseId, id) => thread.ask('findBridgeEvent', caseId, id),
    keepEvent: (caseId, id, event) => thread.ask('keepBridgeEvent', caseId, id, event),
  };
}

function deliveriesIn(thread: StoreThread): DeliveryStore {
  return {
    save: (record) => thread.ask('saveDelivery', record),
    waiting: () => thread.ask('waitingDeliveries'),
    ofCase: (caseId) => thread.ask('deliveriesOfCase', caseId),
    replay: (id, nowMs) => thread.ask('replayDelivery', id, nowMs),
  };
}

function deskUsersIn(thread: StoreThread): DeskUserStore {
  return {
    list: () => thread.ask('deskUsers'),
    save: (user) => thread.ask('saveDeskUser', user),
    remove: (id) => thread.ask('removeDeskUser', id),
    findSignIn: (tokenSha256) => thread.ask('findSignIn', tokenSha256),
    saveSignIn: (signIn) => thread.ask('saveSignIn', signIn),
    removeSignIn: (tokenSha256) => thread.ask('removeSignIn', tokenSha256),
  };
}

function sessionsIn(thread: StoreThread): SessionStore {
  return {
    create: (info, entries) =>
      new Promise((resolve, reject) => {
        thread.append({ sessionId: info.id, info, entries }, (error) => (error ? reject(error) : resolve()));
      }),
    append: (sessionId, { entries, marks }, done) => thread.append({ sessionId, entries, marks }, done),
    load: (sessionId) => thread.ask('load', sessionId),
    replay: (sessionId, from) => thread.ask('replay', sessionId, from),
    note: (sessionId, note) => thread.note(sessionId, note),
    due: (query) => thread.ask('due', query),
  };
}
