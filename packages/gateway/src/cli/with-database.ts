// Opens the database for as long as something is done with it, to change connectors or to look at conversations.
import type { Config } from '../config/index.ts';
import type { Archive } from '../store/index.ts';
import type { OpenStore, World } from './command.ts';

/** Gives the configuration and its database to `action`, and closes the database whatever happens. */
export async function withStore(
  world: World,
  action: (store: OpenStore, config: Config) => Promise<void>,
): Promise<void> {
  const config = world.readConfig();
  const store = await world.openStore(config);
  try {
    await action(store, config);
  } finally {
    await store.close();
  }
}

/** Gives what the database has of sessions, calls and deliveries to `action`, and closes the database whatever happens. */
export async function withArchive(world: World, action: (archive: Archive) => Promise<void>): Promise<void> {
  const archive = world.openArchive(world.readConfig());
  try {
    await action(archive);
  } finally {
    archive.close();
  }
}
