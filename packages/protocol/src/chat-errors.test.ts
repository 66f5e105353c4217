import { describe, expect, it } from 'vitest';
import { chatErrorBodySchema, chatErrors, encodeChatError } from './chat-errors.ts';

describe('errors of the Chat API', () => {
  it.each(Object.entries(chatErrors))('MSG-110 MSG-115 have the six members of the envelope: %s', (_, error) => {
    const body = JSON.parse(encodeChatError(error, { errorId: 'c1' }));
    expect(body).toEqual({
      success: false,
      error: error.text,
      error_id: 'c1',
      error_code: error.code,
      error_message: error.text,
      data: null,
    });
    expect(Object.keys(body)).toHaveLength(Object.keys(chatErrorBodySchema.shape).length);
  });

  it('have their exact codes', () => {
    expect(chatErrors.conversationNotFound).toMatchObject({ status: 404, code: 'CONVERSATIONS_NOT_FOUND' });
    expect(chatErrors.conversationEnded).toMatchObject({ status: 410, code: 'ChatConversationEnded' });
    expect(chatErrors.invalidApiKey.status).toBe(401);
    expect(chatErrors.invalidToken.status).toBe(401);
  });

  it('have the texts that are known', () => {
    expect(chatErrors.invalidBody.text).toBe('Request body failed schema validation.');
    expect(chatErrors.draftNotFound.text).toBe('The draft you are attempting to chat with does not exist.');
    expect(chatErrors.timedOut.text).toBe('Chat session exceeded the timeout limit.');
  });
});
