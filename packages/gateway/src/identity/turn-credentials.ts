// Credentials for TURN that need no account: whoever shares the secret can verify them (draft-uberti-behave-turn-rest,
// coturn's `use-auth-secret`). Source: voice spec, section 6.2.
import { createHmac } from 'node:crypto';

/** What a client shows to a TURN server. */
export interface TurnCredentials {
  /** `<expiry>:<id>` */
  username: string;
  /** Base64. */
  credential: string;
}

/**
 * Credentials that are good until `expirySeconds` (since the epoch). The `id` is for the TURN server's quotas; it is
 * shown to everybody on the way, so it must be neither a token nor a name.
 */
export function turnCredentials({
  secret,
  expirySeconds,
  id,
}: {
  secret: string;
  expirySeconds: number;
  id: string;
}): TurnCredentials {
  const username = `${expirySeconds}:${id}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
