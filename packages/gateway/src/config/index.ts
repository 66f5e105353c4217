// The door of configuration: the only room that reads the environment.
export type { AgentChanges, AgentConfig, AgentPart } from './agents.ts';
export { agentParts } from './agents.ts';
export type { AgentVoiceConfig } from './agent-voice.ts';
export type { ChatConfig, LlmChatConfig, ScriptChatConfig, WebhookChatConfig } from './chat.ts';
export type { Config, Environment, LogLevel, Sections } from './config.ts';
export type { ConnectorConfig, DeskConfig } from './connectors.ts';
export type { AgentHandoffConfig, HandoffConfig, QueueConfig } from './handoff.ts';
export type { ConfigResult, ReadConfigOptions } from './read-config.ts';
export { readConfig } from './read-config.ts';
export type { ServerConfig } from './server.ts';
export type { LimitsConfig, SessionsConfig } from './sessions.ts';
export type { DatabaseConfig, RedisConfig } from './storage.ts';
export type { Env } from './variables.ts';
export type { IceConfig, VoiceConfig } from './voice.ts';
