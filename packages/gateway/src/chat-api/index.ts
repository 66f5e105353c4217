// The door of the Chat API.
export { createChatApi } from './chat-api.ts';
export type { ChatApi } from './chat-api.ts';
export type { ChatAnswer, ChatRequest } from './chat-request.ts';
export type { AccessRefusal, ChatAccess } from './ports/chat-access.ts';
export type { ConversationIndex } from './ports/conversation-index.ts';
