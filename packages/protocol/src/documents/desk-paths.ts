// What the desk and its integrations call over HTTP, for the OpenAPI document.
import {
  encodeDeskCannedReplies,
  encodeDeskChatDetail,
  encodeDeskChats,
  encodeDeskOverview,
  encodeDeskPeople,
  encodeDeskPerson,
  encodeDeskQueues,
  encodeDeskResult,
  encodeDeskSignIn,
  encodeDeskSignedIn,
} from '../desk/desk-bodies.ts';
import { deskChatCommandTypes, deskCommandSchemas } from '../desk/desk-commands.ts';
import type { DeskCommandType } from '../desk/desk-commands.ts';
import { deskErrors, encodeDeskError } from '../desk/desk-errors.ts';
import { encodeDeskClientFrame } from '../desk/desk-frames.ts';
import { restErrors } from '../rest-errors.ts';
import type { WireError } from '../rest-errors.ts';
import {
  deskChatExample,
  deskClientExamples,
  deskOverviewExample,
  deskPersonExample,
  deskResultExamples,
} from './desk-examples.ts';
import { bodyOfCommand, deskCommandBodySchemas } from './desk-schemas.ts';
import { answer, errorAnswers, refTo, requestBody } from './openapi-parts.ts';
import type { ErrorBodies, Part } from './openapi-parts.ts';

const by = { id: 'noor', name: 'Noor' };
const errorBodies: ErrorBodies = {
  schema: 'DeskError',
  encode: (error) =>
    encodeDeskError(
      { ...error, by: error === deskErrors.taken ? by : null },
      { errorId: '4c0e0f57-6f7e-4c1b-a0a5-4a37c2d3a1fb' },
    ),
};
const security = [{ deskToken: [] }, { deskCookie: [] }];

/** Errors that anything at the desk may meet. */
const common = [deskErrors.unauthenticated, deskErrors.foreignOrigin, restErrors.rateLimited];
/** Errors that any command may meet. */
const ofCommands = [...common, restErrors.unparsableRequest, restErrors.bodyTooLarge, deskErrors.failed];
/** Those besides that commands about a chat may meet. */
const ofChats = [deskErrors.forbidden, deskErrors.noSuchChat];

const moreErrors: Partial<Record<DeskCommandType, WireError[]>> = {
  accept: [deskErrors.taken, deskErrors.full, deskErrors.visitorAway],
  'accept-next': [deskErrors.nobodyWaits, deskErrors.full, deskErrors.noSuchQueue],
  send: [deskErrors.badContent],
  note: [deskErrors.badContent],
  'call-token': [deskErrors.noCall, deskErrors.callTaken],
  'hold-call': [deskErrors.noCall],
  'hang-up-call': [deskErrors.noCall],
  transfer: [deskErrors.noSuchQueue, deskErrors.noSuchPerson, deskErrors.full],
};

/** Signing in, what one sees, commands, and the handshake of the feed. */
export function deskPaths(): Record<string, Part> {
  const bodies = deskCommandBodySchemas();
  const commands = deskCommandSchemas.map(({ shape, description = '' }): [string, Part] => {
    const type = shape.type.value;
    const ofChat = deskChatCommandTypes.includes(type);
    const path = ofChat ? `/api/v1/desk/chats/{session_id}/${type}` : `/api/v1/desk/${type}`;
    return [path, { post: command(type, { description, ofChat, hasBody: type in bodies }) }];
  });
  const { me, queues, waiting, chats, people, cannedReplies } = deskOverviewExample;
  return {
    '/api/v1/desk/sign-in': { post: signIn() },
    '/api/v1/desk/sign-out': { post: signOut() },
    '/api/v1/desk/overview': {
      get: reading('getDeskOverview', 'Everything you see now.', {
        200: answer('The desk.', 'DeskOverview', encodeDeskOverview(deskOverviewExample)),
      }),
    },
    '/api/v1/desk/me': {
      get: reading('getDeskMe', 'Who you are at the desk.', {
        200: answer('You.', 'DeskPerson', encodeDeskPerson(me)),
      }),
    },
    '/api/v1/desk/queues': {
      get: reading('getDeskQueues', 'How the queues stand.', {
        200: answer('All queues.', 'DeskQueues', encodeDeskQueues({ queues })),
      }),
    },
    '/api/v1/desk/people': {
      get: reading('getDeskPeople', 'Who is at the desk.', {
        200: answer('Those who are there.', 'DeskPeople', encodeDeskPeople({ people })),
      }),
    },
    '/api/v1/desk/canned-replies': {
      get: reading('getDeskCannedReplies', 'Texts that people needn’t type.', {
        200: answer('All of them.', 'DeskCannedReplies', encodeDeskCannedReplies({ cannedReplies })),
      }),
    },
    '/api/v1/desk/chats': { get: chatsShown(encodeDeskChats({ waiting, chats })) },
    '/api/v1/desk/chats/{session_id}': { get: chatDetail() },
    ...Object.fromEntries(commands),
    '/api/v1/desk/feed': { get: feed() },
  };
}

function signIn(): Part {
  const example = encodeDeskSignedIn({ me: deskPersonExample, expiresMs: 1_773_523_613_589, token: 'Zy8…' });
  return {
    ...operation('signInToDesk', 'Signs in, by name and password or by a token of the configuration.'),
    description: 'Tries are counted per name and per address. A sign-in lasts twelve hours.',
    security: [],
    requestBody: requestBody('DeskSignIn', encodeDeskSignIn({ id: 'grace', password: '…', session: 'token' }), true),
    responses: {
      200: answer('Signed in; by a cookie unless a token was asked for.', 'DeskSignedIn', example),
      ...errorAnswers(
        [restErrors.unparsableRequest, deskErrors.wrongCredentials, deskErrors.foreignOrigin, restErrors.rateLimited],
        errorBodies,
      ),
    },
  };
}

function signOut(): Part {
  return {
    ...operation('signOutOfDesk', 'Ends the sign-in and its feeds.'),
    parameters: writing,
    responses: {
      204: { description: 'Signed out.' },
      ...errorAnswers([deskErrors.unauthenticated, deskErrors.foreignOrigin], errorBodies),
    },
  };
}

function chatsShown(example: string): Part {
  return {
    ...reading('getDeskChats', 'Who waits, and the chats you see. Supervisors see all of them.', {
      200: answer('Who waits, next first, and the chats.', 'DeskChats', example),
      ...errorAnswers([restErrors.unparsableRequest, ...common], errorBodies),
    }),
    parameters: [
      {
        name: 'show',
        in: 'query',
        description: '`mine`: chats you are in.',
        schema: { type: 'string', enum: ['waiting', 'mine', 'all'], default: 'all' },
      },
      refTo('parameters', 'CorrelationId'),
    ],
  };
}

function chatDetail(): Part {
  const transcript = (deskResultExamples.transcript as { transcript: never }).transcript;
  const example = encodeDeskChatDetail({ waiting: null, chat: deskChatExample, transcript });
  return {
    ...reading('getDeskChat', 'One conversation, with all that was said from its beginning.', {
      200: answer('The conversation.', 'DeskChatDetail', example),
      ...errorAnswers([...common, ...ofChats], errorBodies),
    }),
    parameters: [refTo('parameters', 'SessionId'), refTo('parameters', 'CorrelationId')],
  };
}

function command(
  type: DeskCommandType,
  { description, ofChat, hasBody }: { description: string; ofChat: boolean; hasBody: boolean },
): Part {
  const example = bodyOfCommand(JSON.parse(encodeDeskClientFrame(deskClientExamples[type])) as object);
  return {
    ...operation(`desk_${type.replaceAll('-', '_')}`, description),
    parameters: [...(ofChat ? [refTo('parameters', 'SessionId')] : []), ...writing],
    ...(hasBody && {
      requestBody: {
        required: type !== 'accept-next' && type !== 'leave',
        content: { 'application/json': { schema: refTo('schemas', `DeskCommand-${type}`), example } },
      },
    }),
    responses: {
      200: answer('Done.', 'DeskResult', encodeDeskResult(deskResultExamples[type] ?? {})),
      ...errorAnswers(
        [...new Set([...ofCommands, ...(ofChat ? ofChats : []), ...(moreErrors[type] ?? [])])],
        errorBodies,
      ),
    },
  };
}

function feed(): Part {
  return {
    operationId: 'openDeskFeed',
    tags: ['Desk'],
    summary: 'Opens the WebSocket of the desk; its frames are described by `/docs/asyncapi.json`.',
    description:
      'By the cookie, from a page of this server; by the token in `Authorization`; or by neither, with the token in the first frame.',
    security: [...security, {}],
    parameters: [
      {
        name: 'cursor',
        in: 'query',
        description: 'The last one seen. What came after it follows, each once; else everything does.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      101: { description: 'The feed is open.' },
      ...errorAnswers([deskErrors.unauthenticated, deskErrors.foreignOrigin, restErrors.rateLimited], errorBodies),
    },
  };
}

const writing = [refTo('parameters', 'DeskHeader'), refTo('parameters', 'CorrelationId')];

function operation(operationId: string, summary: string): Part {
  return { operationId, tags: ['Desk'], summary, security };
}

function reading(operationId: string, summary: string, responses: Record<string, Part>): Part {
  return {
    ...operation(operationId, summary),
    parameters: [refTo('parameters', 'CorrelationId')],
    responses: { ...errorAnswers(common, errorBodies), ...responses },
  };
}
