// `agents`: who answers.
import { z } from 'zod';
import { agentVoiceSchema, type AgentVoiceConfig } from './agent-voice.ts';
import { chatSchema, type ChatConfig } from './chat.ts';
import { agentHandoffSchema, type AgentHandoffConfig } from './handoff.ts';
import type { Path } from './raw.ts';
import { httpUrl, id, language, nameByKey, text } from './value-schemas.ts';

export interface AgentConfig {
  /** As users read it. Default: the agent's key. */
  name: string;
  avatarUrl?: string | undefined;
  /** BCP 47. */
  language: string;
  chat: ChatConfig;
  handoff: AgentHandoffConfig;
  voice: AgentVoiceConfig;
  /** By the id that clients ask for (`variantId`, `variant_id`). */
  variants: Record<string, AgentChanges>;
  /** By a name of the operator's choice; clients ask for them by their two versions (`agentVersionOverride`). */
  builds: Record<string, AgentChanges & { artifactVersion: string; lambdaDeploymentVersion: string }>;
}

/** What a variant or a pinned build has in place of the agent's own; each key replaces the whole of it. */
export interface AgentChanges {
  name?: string | undefined;
  avatarUrl?: string | undefined;
  language?: string | undefined;
  chat?: ChatConfig | undefined;
  handoff?: AgentHandoffConfig | undefined;
  voice?: AgentVoiceConfig | undefined;
}

const changes = {
  name: text.optional(),
  avatarUrl: httpUrl.optional(),
  language: language.optional(),
  chat: chatSchema.optional(),
  handoff: agentHandoffSchema.optional(),
  voice: agentVoiceSchema.optional(),
};

const agent = z.strictObject({
  name: text.optional(),
  avatarUrl: httpUrl.optional(),
  language: language.default('en-US'),
  chat: chatSchema,
  handoff: agentHandoffSchema.default({ kind: 'none' }),
  voice: agentVoiceSchema.prefault({}),
  variants: z.record(id, z.strictObject(changes)).default({}),
  builds: z
    .record(id, z.strictObject({ artifactVersion: text, lambdaDeploymentVersion: text, ...changes }))
    .default({}),
});

export const agentsSchema: z.ZodType<Record<string, AgentConfig>> = z.record(id, agent).transform(nameByKey);

/** An agent, or one of its variants or builds, and where it stands. */
export interface AgentPart {
  path: Path;
  part: AgentChanges;
}

/** Every agent, variant and build. */
export function agentParts(agents: Record<string, AgentConfig>): AgentPart[] {
  return Object.entries(agents).flatMap(([key, own]) => [
    { path: ['agents', key], part: own },
    ...Object.entries(own.variants).map(([name, part]) => ({ path: ['agents', key, 'variants', name], part })),
    ...Object.entries(own.builds).map(([name, part]) => ({ path: ['agents', key, 'builds', name], part })),
  ]);
}
