// The desk over REST: what somebody sees, and every command under a path of its own.
import type { IncomingMessage } from 'node:http';
import {
  decodeDeskCommandBody,
  deskChatCommandTypes,
  deskChatsShownSchema,
  deskOwnCommandTypes,
  encodeDeskCannedReplies,
  encodeDeskChatDetail,
  encodeDeskChats,
  encodeDeskOverview,
  encodeDeskPeople,
  encodeDeskPerson,
  encodeDeskQueues,
  encodeDeskResult,
} from '@parley/protocol';
import type { DeskChatsShown } from '@parley/protocol';
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { DeskPerson, DeskService, DeskView } from '../../handoff/index.ts';
import type { RateLimit } from '../../identity/index.ts';
import { guardRate } from '../rate-guard.ts';
import { readBody } from '../read-body.ts';
import { RequestFailure } from '../request-failure.ts';
import { targetOf } from '../request-target.ts';
import type { DeskAccess } from './desk-access.ts';
import { actionOf, errorOf, resultOf } from './desk-answers.ts';

const BASE = '/api/v1/desk';

export interface DeskRouteParts {
  access: DeskAccess;
  desk: Pick<DeskService, 'act' | 'view'>;
  /** Requests and commands, per person. */
  commandLimit: RateLimit;
}

/** Adds the routes. */
export function addDeskRoutes(app: FastifyInstance, options: RouteShorthandOptions, parts: DeskRouteParts): void {
  const { desk } = parts;

  show('/overview', (view) => encodeDeskOverview(view));
  show('/me', (view) => encodeDeskPerson(view.me));
  show('/queues', ({ queues }) => encodeDeskQueues({ queues }));
  show('/people', ({ people }) => encodeDeskPeople({ people }));
  show('/canned-replies', ({ cannedReplies }) => encodeDeskCannedReplies({ cannedReplies }));
  show('/chats', (view, request) => encodeDeskChats(chatsOf(view, shownIn(request))));

  app.get<{ Params: { sessionId: string } }>(`${BASE}/chats/:sessionId`, options, async ({ raw, params }) => {
    const person = await personOf(raw, parts);
    return encodeDeskChatDetail(await chatDetail(desk, person, params.sessionId));
  });

  for (const type of deskOwnCommandTypes) {
    app.post(`${BASE}/${type}`, options, ({ raw }) => obey(raw, { type }));
  }
  for (const type of deskChatCommandTypes) {
    const url = `${BASE}/chats/:sessionId/${type}`;
    app.post<{ Params: { sessionId: string } }>(url, options, ({ raw, params: { sessionId } }) =>
      obey(raw, { type, sessionId }),
    );
  }

  function show(path: string, encode: (view: DeskView, request: IncomingMessage) => string): void {
    app.get(`${BASE}${path}`, options, async ({ raw }) => encode(desk.view(await personOf(raw, parts)), raw));
  }

  async function obey(request: IncomingMessage, path: { type: string; sessionId?: string }): Promise<string> {
    const person = await personOf(request, parts);
    const command = decodeDeskCommandBody(await readBody(request), path);
    if (command === 'invalid') throw new RequestFailure('unparsableRequest');
    const answer = await desk.act(person, actionOf(command));
    if (!answer.ok) throw new RequestFailure(errorOf(answer.refusal));
    return encodeDeskResult(resultOf(answer));
  }
}

async function personOf(request: IncomingMessage, { access, commandLimit }: DeskRouteParts): Promise<DeskPerson> {
  const { person } = await access.of(request);
  guardRate(commandLimit, person.id);
  return person;
}

function shownIn(request: IncomingMessage): DeskChatsShown {
  const asked = targetOf(request).query.get('show') ?? 'all';
  const { data: shown } = deskChatsShownSchema.safeParse(asked);
  if (shown === undefined) throw new RequestFailure('unparsableRequest');
  return shown;
}

function chatsOf({ waiting, chats }: DeskView, shown: DeskChatsShown): Pick<DeskView, 'waiting' | 'chats'> {
  switch (shown) {
    case 'waiting':
      return { waiting, chats: [] };
    case 'mine':
      return { waiting: [], chats: chats.filter(({ mine }) => mine === 'in') };
    case 'all':
      return { waiting, chats };
  }
}

/** One conversation. Whoever sees that somebody waits need not be allowed to read what was said. */
async function chatDetail(desk: DeskRouteParts['desk'], person: DeskPerson, sessionId: string) {
  const answer = await desk.act(person, { type: 'transcript', sessionId });
  const view = desk.view(person);
  const waiting = view.waiting.find((each) => each.sessionId === sessionId) ?? null;
  const chat = view.chats.find((each) => each.sessionId === sessionId) ?? null;
  if (!answer.ok && !waiting && !chat) throw new RequestFailure(errorOf(answer.refusal));
  return { waiting, chat, transcript: 'transcript' in answer ? answer.transcript : null };
}
