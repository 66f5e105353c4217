// The tokens and keys a command makes: shown once, kept as hashes.
import { hashToken } from '../identity/index.ts';
import type { World } from './command.ts';

/** What was made, in clear. Absent: not asked for. */
export interface MadeSecrets {
  token?: string;
  webrtcToken?: string;
  apiKey?: string;
  callToken?: string;
}

/** Makes the secrets that are asked for. Their beginnings tell what they are, to people and to leak scanners. */
export function makeSecrets(world: World, wanted: Record<'token' | 'webrtcToken' | 'apiKey', boolean>): MadeSecrets {
  return {
    ...(wanted.token && { token: `ct_${world.newSecret()}` }),
    ...(wanted.webrtcToken && { webrtcToken: `wt_${world.newSecret()}` }),
    ...(wanted.apiKey && { apiKey: `ak_${world.newSecret()}` }),
  };
}

/** The hash of a secret as the list that a connector keeps. */
export function hashList(secret: string | undefined): string[] {
  return secret === undefined ? [] : [hashToken(secret)];
}

/** Prints what was made: the sentence and one line each, or one line of JSON. */
export async function printSecrets(
  world: World,
  { sentence, id, secrets, json }: { sentence: string; id: string; secrets: MadeSecrets; json: boolean },
): Promise<void> {
  if (json) return world.print(JSON.stringify({ id, ...secrets }));
  await world.print(`${sentence} What follows is not shown again.`);
  for (const [name, secret] of Object.entries(secrets)) await world.print(`${name}: ${secret}`);
}
