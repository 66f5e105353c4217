// Who asks at the desk. Programs show the token of a sign-in; browsers send a cookie, which is worth nothing unless one
// of our own pages is behind it.
import type { IncomingMessage } from 'node:http';
import { deskErrors, deskHeader } from '@parley/protocol';
import type { DeskPerson } from '../../handoff/index.ts';
import type { DeskUser, DeskUsers } from '../../identity/index.ts';
import { RequestFailure } from '../request-failure.ts';
import { tokenInCookie } from './desk-cookie.ts';
import { isOwnOrigin } from './own-origin.ts';

/** Somebody who is signed in. */
export interface SignedIn {
  person: DeskPerson;
  token: string;
}

export interface DeskAccessParts {
  deskUsers: Pick<DeskUsers, 'of'>;
  /** Where the server is reached. */
  publicUrl: () => string;
}

/** Finds out who asks. */
export interface DeskAccess {
  /** Whoever sends a request. Throws a {@link RequestFailure}. */
  of(request: IncomingMessage): Promise<SignedIn>;
  /** Whoever opens a feed; undefined when nothing says so. Throws a {@link RequestFailure} when it isn't true. */
  ofHandshake(request: IncomingMessage): Promise<SignedIn | undefined>;
  /** Whose token it is. */
  byToken(token: string): Promise<SignedIn | undefined>;
  /** Throws a {@link RequestFailure} when the request comes from a page that isn't ours. */
  refuseForeignPages(request: IncomingMessage): void;
}

/** Access by the sign-ins of desk users. */
export function createDeskAccess({ deskUsers, publicUrl }: DeskAccessParts): DeskAccess {
  async function byToken(token: string): Promise<SignedIn | undefined> {
    const user = await deskUsers.of(token);
    return user && { person: personOf(user), token };
  }

  async function require(token: string | undefined): Promise<SignedIn> {
    const signedIn = token === undefined ? undefined : await byToken(token);
    if (!signedIn) throw new RequestFailure(deskErrors.unauthenticated);
    return signedIn;
  }

  function refuseForeignPages({ headers }: IncomingMessage): void {
    if (headers.origin !== undefined && !isOwnOrigin(headers, publicUrl())) {
      throw new RequestFailure(deskErrors.foreignOrigin);
    }
  }

  return {
    byToken,
    refuseForeignPages,

    async of(request) {
      const { method = '', headers } = request;
      if (headers.authorization !== undefined) return require(bearerIn(headers.authorization));
      const token = tokenInCookie(headers.cookie);
      if (token === undefined) throw new RequestFailure(deskErrors.unauthenticated);
      refuseForeignPages(request);
      const changesSomething = !['GET', 'HEAD'].includes(method);
      if (changesSomething && headers[deskHeader.toLowerCase()] === undefined) {
        throw new RequestFailure(deskErrors.foreignOrigin);
      }
      return require(token);
    },

    async ofHandshake({ headers }) {
      if (headers.authorization !== undefined) return require(bearerIn(headers.authorization));
      const token = tokenInCookie(headers.cookie);
      if (token === undefined) return undefined;
      // Browsers always say where a socket comes from, and open it for any page.
      if (!isOwnOrigin(headers, publicUrl())) throw new RequestFailure(deskErrors.foreignOrigin);
      return require(token);
    },
  };
}

/** What the desk may know of a user: everything but the password's hash. */
export function personOf({ id, name, avatarUrl, role, queueIds, capacity }: DeskUser): DeskPerson {
  return { id, name, avatarUrl, role, queueIds, capacity };
}

function bearerIn(authorization: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}
