// Every error the Chat API may answer with. Integrators tell them apart by code.
import { z } from 'zod';
import type { WireError } from './rest-errors.ts';

/** The closed list, by name. */
export const chatErrors = {
  invalidBody: { status: 400, text: 'Request body failed schema validation.', code: 'SCHEMA_VALIDATION_FAILED' },
  invalidConversation: {
    status: 400,
    text: 'The parameters of the conversation are not valid.',
    code: 'CONVERSATIONS_VALIDATION_FAILED',
  },
  draftNotFound: {
    status: 400,
    text: 'The draft you are attempting to chat with does not exist.',
    code: 'CHAT_DRAFT_NOT_EXIST',
  },
  timedOut: { status: 400, text: 'Chat session exceeded the timeout limit.', code: 'CHAT_TIMEOUT' },
  invalidApiKey: { status: 401, text: 'The API key is missing or not valid.', code: 'AUTH_USER_UNAUTHORISED' },
  invalidToken: {
    status: 401,
    text: 'The connector token is missing or not valid.',
    code: 'AUTH_USER_INVALID_TOKEN',
  },
  forbidden: { status: 403, text: 'The API key may not use this project.', code: 'USER_ACCESS_FORBIDDEN' },
  accountNotFound: { status: 404, text: 'The account does not exist.', code: 'ACCOUNT_NOT_FOUND' },
  projectNotFound: { status: 404, text: 'The project does not exist.', code: 'PROJECT_NOT_FOUND' },
  conversationNotFound: { status: 404, text: 'The conversation does not exist.', code: 'CONVERSATIONS_NOT_FOUND' },
  conversationEnded: { status: 410, text: 'The conversation has ended.', code: 'ChatConversationEnded' },
  rateLimited: { status: 429, text: 'Rate limit exceeded', code: 'RATE_LIMITED' },
  deploymentFailed: { status: 500, text: 'The agent could not be started.', code: 'CHAT_DRAFT_DEPLOYMENT_FAILED' },
  internal: { status: 500, text: 'Internal server error', code: 'INTERNAL_ERROR' },
} as const satisfies Record<string, WireError>;

/** The name of an error of the Chat API. */
export type ChatErrorName = keyof typeof chatErrors;

/** The envelope of an error: always these six members. */
export const chatErrorBodySchema = z.object({
  success: z.literal(false),
  error: z.string(),
  errorId: z.string().describe('The correlation id of the request.'),
  errorCode: z.string(),
  errorMessage: z.string().describe('The same as `error`.'),
  data: z.null(),
});
export type ChatErrorBody = z.output<typeof chatErrorBodySchema>;

/** Writes the envelope of an error. `errorId` is the correlation id of the request. */
export function encodeChatError(error: WireError, { errorId }: { errorId: string }): string {
  const { text, code } = error;
  return JSON.stringify({
    success: false,
    error: text,
    error_id: errorId,
    error_code: code,
    error_message: text,
    data: null,
  });
}
