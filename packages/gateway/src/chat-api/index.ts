// The door of the Chat API.
export { createChatApi } from './chat-api.ts';
export type { ChatApi } from './chat-api.ts';
export type { ChatApiParts } from './chat-api-parts.ts';
export type { ChatAnswer, ChatRequest } from './chat-request.ts';
export type { AccessRefusal, ApiConnector, ApiProject, ChatAccess, PresentedKey } from './ports/chat-access.ts';
export type { ConversationIndex } from './ports/conversation-index.ts';
