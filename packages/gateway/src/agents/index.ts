export type * from './ports/chat-agent.ts';
export { AgentError } from './ports/chat-agent.ts';
export { createResponder } from './responder.ts';
export type { Responder, RespondingAgent } from './responder.ts';
