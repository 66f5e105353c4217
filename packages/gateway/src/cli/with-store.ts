// Opens the database for as long as something is done with it.
import type { Config } from '../config/index.ts';
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
