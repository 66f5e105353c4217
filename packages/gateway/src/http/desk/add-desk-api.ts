// Puts the desk's API together: routes, feed, and what they share.
import type { IncomingMessage } from 'node:http';
import { encodeDeskError } from '@parley/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DeskService } from '../../handoff/index.ts';
import { RateLimit } from '../../identity/index.ts';
import type { DeskUsers } from '../../identity/index.ts';
import type { Clock, Log, Timers } from '../../kit/index.ts';
import type { PongWatch } from '../pong-watch.ts';
import type { UpgradeHandler } from '../upgrade-router.ts';
import { createDeskAccess } from './desk-access.ts';
import { deskFeedUpgrade } from './desk-feed-upgrade.ts';
import { addDeskRoutes } from './desk-routes.ts';
import { OpenFeeds } from './open-feeds.ts';
import { addSignInRoutes } from './sign-in-routes.ts';

/** Requests and commands of one person, over all their connections. */
const COMMANDS = { perSecond: 20, burst: 200 };

export interface DeskApiParts {
  desk: DeskService;
  deskUsers: DeskUsers;
  /** Where the server is reached. */
  publicUrl: () => string;
  addressOf: (request: IncomingMessage) => string;
  pongs: PongWatch;
  clock: Clock;
  timers: Timers;
  log: Log;
}

/** The part of the desk's API that isn't routes. */
export interface DeskApi {
  upgrade: UpgradeHandler;
  /** Asks everybody to connect anew. */
  closeFeeds(): void;
}

/** Adds the routes of the desk. */
export function addDeskApi(app: FastifyInstance, parts: DeskApiParts): DeskApi {
  const feeds = new OpenFeeds();
  const shared = {
    ...parts,
    feeds,
    access: createDeskAccess(parts),
    commandLimit: new RateLimit({ ...COMMANDS, clock: parts.clock }),
  };
  const options = {
    config: { encodeError: encodeDeskError },
    async onRequest(_request: unknown, reply: FastifyReply) {
      void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    },
  };
  addSignInRoutes(app, options, shared);
  addDeskRoutes(app, options, shared);
  return { upgrade: deskFeedUpgrade(shared), closeFeeds: () => feeds.closeAll() };
}
