// Signing in to the desk and out of it.
import type { IncomingMessage } from 'node:http';
import { decodeDeskSignIn, deskErrors, encodeDeskSignedIn } from '@parley/protocol';
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { DeskService } from '../../handoff/index.ts';
import type { DeskUsers } from '../../identity/index.ts';
import type { Clock, Log } from '../../kit/index.ts';
import { readBody } from '../read-body.ts';
import { RequestFailure } from '../request-failure.ts';
import { personOf } from './desk-access.ts';
import type { DeskAccess } from './desk-access.ts';
import { signInCookie, signOutCookie } from './desk-cookie.ts';
import type { OpenFeeds } from './open-feeds.ts';

export interface SignInParts {
  access: DeskAccess;
  deskUsers: DeskUsers;
  desk: Pick<DeskService, 'view'>;
  feeds: OpenFeeds;
  publicUrl: () => string;
  addressOf: (request: IncomingMessage) => string;
  clock: Clock;
  log: Log;
}

/** Adds the routes. */
export function addSignInRoutes(app: FastifyInstance, options: RouteShorthandOptions, parts: SignInParts): void {
  const { access, deskUsers, desk, feeds, publicUrl, addressOf, clock, log } = parts;

  app.post('/api/v1/desk/sign-in', options, async ({ raw }, reply) => {
    // A foreign page could sign somebody in as somebody else.
    access.refuseForeignPages(raw);
    const wanted = decodeDeskSignIn(await readBody(raw));
    if (wanted === 'invalid') throw new RequestFailure('unparsableRequest');
    const { id = '', password = '', token: presented, session } = wanted;
    const credentials = presented === undefined ? { id, password } : { token: presented };
    const outcome = await deskUsers.signIn(credentials, addressOf(raw));
    switch (outcome.kind) {
      case 'throttled':
        throw new RequestFailure('rateLimited', { retryAfterSeconds: outcome.retryAfterSeconds });
      case 'wrong':
        throw new RequestFailure(deskErrors.wrongCredentials);
      case 'signed-in': {
        const { token, expiresMs } = outcome;
        const person = personOf(outcome.user);
        log.info({ personId: person.id, address: addressOf(raw) }, 'Somebody signed in to the desk');
        if (session === 'cookie') {
          const seconds = (expiresMs - clock.nowMs()) / 1000;
          void reply.header('set-cookie', signInCookie(token, { publicUrl: publicUrl(), seconds }));
        }
        const { me } = desk.view(person);
        return encodeDeskSignedIn({ me, expiresMs, ...(session === 'token' && { token }) });
      }
    }
  });

  app.post('/api/v1/desk/sign-out', options, async ({ raw }, reply) => {
    const { token } = await access.of(raw);
    await deskUsers.signOut(token);
    feeds.signedOut(token);
    return reply.code(204).header('set-cookie', signOutCookie(publicUrl())).send();
  });
}
