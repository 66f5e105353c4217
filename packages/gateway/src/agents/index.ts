export { ScriptError } from './adapters/script/script.ts';
export { AgentOptionsError } from './agent-options.ts';
export type { AgentOptions, AgentParts, ClosableAgent } from './agent-options.ts';
export { createAgent } from './create-agent.ts';
export type * from './ports/chat-agent.ts';
export { AgentError } from './ports/chat-agent.ts';
export { createResponder } from './responder.ts';
export type { Responder, RespondingAgent } from './responder.ts';
