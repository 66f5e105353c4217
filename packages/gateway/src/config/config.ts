// The configuration as a whole: every section, typed, with its defaults.
import { z } from 'zod';
import { agentsSchema, type AgentConfig } from './agents.ts';
import { connectorSchema, deskSchema, type ConnectorConfig, type DeskConfig } from './connectors.ts';
import { handoffSchema, type HandoffConfig } from './handoff.ts';
import { serverSchema, type ServerConfig } from './server.ts';
import { limitsSchema, sessionsSchema, type LimitsConfig, type SessionsConfig } from './sessions.ts';
import { databaseSchema, redisSchema, type DatabaseConfig } from './storage.ts';
import { text } from './value-schemas.ts';
import { voiceSchema, type VoiceConfig } from './voice.ts';

/** Development brings demo, defaults and a secret of its own; production brings nothing and forbids echo. */
export type Environment = 'development' | 'production';

export interface Config extends Sections {
  environment: Environment;
}

/** What the file may say, in the words of docs/configuration.md. */
export interface Sections {
  /** Whether connectors, agents and queues of the demo were added. */
  demo: boolean;
  server: ServerConfig;
  /** Of access tokens: the first signs, all verify. */
  secrets: string[];
  database: DatabaseConfig;
  sessions: SessionsConfig;
  limits: LimitsConfig;
  connectors: ConnectorConfig[];
  agents: Record<string, AgentConfig>;
  handoff: HandoffConfig;
  desk: DeskConfig;
  voice: VoiceConfig;
  log: { level: LogLevel };
}

export type LogLevel = (typeof logLevels)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const sectionsSchema: z.ZodType<Sections> = z.strictObject({
  demo: z.boolean(),
  server: serverSchema,
  secrets: z.array(text).default([]),
  database: databaseSchema.prefault({}),
  redis: redisSchema.optional(),
  sessions: sessionsSchema.prefault({}),
  limits: limitsSchema.prefault({}),
  connectors: z.array(connectorSchema).default([]),
  agents: agentsSchema.default({}),
  handoff: handoffSchema.prefault({}),
  desk: deskSchema.prefault({}),
  voice: voiceSchema,
  log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
});
