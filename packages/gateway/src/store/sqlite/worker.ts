// The database thread: the only one that writes, so that waiting for the disk holds up nothing else.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { sleepUntilRung } from './bell.ts';
import { createBridgeRecords } from './bridge-records.ts';
import { createCallWriter } from './call-records.ts';
import { createConnectorRecords } from './connector-records.ts';
import { createDeliveryRecords } from './delivery-records.ts';
import { createDeskRecords } from './desk-records.ts';
import { createDeskUserRecords } from './desk-user-records.ts';
import { JournalEnds } from './journal-ends.ts';
import { openDatabase } from './open-database.ts';
import { createPurgeStep } from './purge-step.ts';
import { createSessionReader } from './session-reader.ts';
import { createGroupWriter } from './session-writer.ts';
import {
  failureOf,
  type Call,
  type Queries,
  type ThreadData,
  type ThreadGreeting,
  type ThreadReply,
  type ThreadRequest,
} from './thread-messages.ts';
import type { WriteGroup } from './write-group.ts';

if (!parentPort) throw new Error('this file is the start of a thread');
const port = parentPort;
const { file, bell } = workerData as ThreadData;

const database = open();
if (database) serve(database);

function open(): Database | undefined {
  try {
    const opened = openDatabase(file);
    greet({ failure: null });
    return opened;
  } catch (error) {
    greet({ failure: failureOf(error) });
    return undefined;
  }
}

/** Does what is asked until it was asked to close. */
function serve(database: Database): void {
  const ends = new JournalEnds(database);
  const writeGroup = createGroupWriter(database, ends);
  const queries = createQueries(database, ends);

  for (let heard = 0; database.open;) {
    heard = sleepUntilRung(bell, heard);
    for (let next = nextRequest(); next; next = nextRequest()) {
      if (next.group) reply(write(writeGroup, next.group));
      for (const call of next.calls) reply(answer(queries, call));
    }
  }
}

function nextRequest(): ThreadRequest | undefined {
  return (receiveMessageOnPort(port) as { message: ThreadRequest } | undefined)?.message;
}

function createQueries(database: Database, ends: JournalEnds): Queries {
  const reader = createSessionReader(database);
  return {
    ...reader,
    ...createConnectorRecords(database),
    ...createDeskRecords(database),
    ...createDeskUserRecords(database),
    ...createBridgeRecords(database),
    ...createDeliveryRecords(database),
    ...createCallWriter(database),
    load(sessionId) {
      ends.readmit(sessionId);
      return reader.load(sessionId);
    },
    purgeStep: createPurgeStep(database),
    close: () => void database.close(),
  };
}

function write(writeGroup: (group: WriteGroup) => number[], group: WriteGroup): ThreadReply {
  try {
    return { type: 'written', conflicts: writeGroup(group) };
  } catch (error) {
    return { type: 'not-written', failure: failureOf(error) };
  }
}

function answer(queries: Queries, { id, name, args }: Call): ThreadReply {
  try {
    const query = queries[name] as (...args: unknown[]) => unknown;
    return { type: 'answer', id, value: query(...args) };
  } catch (error) {
    return { type: 'no-answer', id, failure: failureOf(error) };
  }
}

function greet(greeting: ThreadGreeting): void {
  port.postMessage(greeting);
}

function reply(message: ThreadReply): void {
  port.postMessage(message);
}
