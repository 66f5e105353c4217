// For the crash test: appends to some sessions as fast as it can, saying on the standard output what is durable.
import { silentLog } from '../../kit/index.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { entriesAt, sessionInfo } from './sample-sessions.ts';

/** Appends a session has under way at a time. */
const DEPTH = 4;

const [file = '', sessions] = process.argv.slice(2);
const store = await openSqliteStore({ file, log: silentLog });
for (let index = 0; index < Number(sessions); index++) await run(`s${index}`);

async function run(id: string): Promise<void> {
  if (!(await store.load(id))) await store.create(sessionInfo(id), entriesAt(1));
  let position = (await store.load(id))?.entries.length ?? 0;

  function next(): void {
    const mine = ++position;
    store.append(id, { entries: entriesAt(mine) }, (error) => {
      if (error) process.exit(1);
      // A full pipe holds the session up until somebody reads.
      process.stdout.write(`${id} ${mine}\n`, next);
    });
  }
  for (let begun = 0; begun < DEPTH; begun++) next();
}
