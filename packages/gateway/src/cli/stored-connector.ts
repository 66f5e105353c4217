// Finds a connector that the command line may change.
import type { Config } from '../config/index.ts';
import type { Connector, ConnectorStore } from '../identity/index.ts';
import { Refusal } from './command.ts';

/** The connector of the database. Throws {@link Refusal} when there is none, or when it is the configuration's. */
export async function storedConnector(
  id: string,
  { config, connectors }: { config: Config; connectors: ConnectorStore },
): Promise<Connector> {
  if (config.connectors.some((one) => one.id === id)) {
    throw new Refusal(`The connector "${id}" is part of the configuration: change it there.`);
  }
  const connector = await connectors.find({ id });
  if (!connector) throw new Refusal(`There is no connector "${id}".`);
  return connector;
}
