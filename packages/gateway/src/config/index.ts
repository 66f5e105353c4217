// The door of configuration: the only room that reads the environment.
export type { AgentChanges, AgentConfig } from './agents.ts';
export { agentParts } from './agents.ts';
export type { ChatConfig } from './chat.ts';
export type { Config } from './config.ts';
export { DEMO_TOKEN, DEMO_WEB_CALLING_TOKEN } from './demo.ts';
export type { AgentHandoffConfig, QueueConfig } from './handoff.ts';
export { defaultQueue } from './handoff.ts';
export type { ConfigResult } from './read-config.ts';
export { readConfig } from './read-config.ts';
export type { Env } from './variables.ts';
