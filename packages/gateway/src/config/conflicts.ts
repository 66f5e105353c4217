// Finds what can't be true together, in a configuration whose every value is right by itself.
import { existsSync } from 'node:fs';
import { agentParts, type AgentPart } from './agents.ts';
import type { LlmChatConfig } from './chat.ts';
import type { Config } from './config.ts';
import { sha256, type ConnectorConfig } from './connectors.ts';
import { DEMO_DESK_TOKEN } from './demo.ts';
import type { Path, Problem } from './raw.ts';

/** A problem for every combination that can't work, and for every file that isn't there. */
export function findConflicts(config: Config): Problem[] {
  return [
    ...productionConflicts(config),
    ...config.connectors.flatMap((connector, index) => connectorConflicts(connector, index, config.connectors)),
    ...agentParts(config.agents).flatMap((part) => agentConflicts(part, config)),
    ...inboxConflicts(agentParts(config.agents)),
    ...missingFiles(config),
  ];
}

/** With no more than this SDKs connect with another token than the one that made the session (messaging spec, 1.2). */
const SDK_REFRESH_SECONDS = 300;

function productionConflicts({ environment, sessions, voice, desk }: Config): Problem[] {
  if (environment !== 'production') return [];
  const problems: Problem[] = [];
  if (sessions.tokenTtlSeconds <= SDK_REFRESH_SECONDS) {
    problems.push({
      path: ['sessions', 'tokenTtlSeconds'],
      text: `must be more than ${SDK_REFRESH_SECONDS} in production`,
    });
  }
  if (voice.allowEcho) problems.push({ path: ['voice', 'allowEcho'], text: 'must be false in production' });
  if (desk.tokens.includes(sha256(DEMO_DESK_TOKEN))) {
    problems.push({ path: ['desk', 'tokens'], text: 'must not have the token that everybody knows in production' });
  }
  return problems;
}

function connectorConflicts(
  connector: ConnectorConfig,
  index: number,
  connectors: readonly ConnectorConfig[],
): Problem[] {
  const earlier = connectors.slice(0, index);
  const problems: Problem[] = [];
  if (earlier.some(({ id }) => id === connector.id)) {
    problems.push({ path: ['connectors', index, 'id'], text: `another connector is called "${connector.id}" too` });
  }
  const hashes = ({ tokens, webrtcTokens }: ConnectorConfig): string[] => [...tokens, ...webrtcTokens];
  const sharer = earlier.find((other) => hashes(other).some((hash) => hashes(connector).includes(hash)));
  if (sharer) problems.push({ path: ['connectors', index], text: `has a token of the connector "${sharer.id}"` });
  return problems;
}

function agentConflicts({ path, part }: AgentPart, { voice: { ice } }: Config): Problem[] {
  const problems: Problem[] = [];
  if (part.chat?.provider === 'llm') problems.push(...modelConflicts(part.chat, [...path, 'chat']));
  if (part.voice && ice.turn && part.voice.maxCallSeconds >= ice.turn.ttlSeconds) {
    // Allocations are refreshed with the credentials of the call's beginning (voice spec, section 6.2).
    problems.push({ path: [...path, 'voice', 'maxCallSeconds'], text: 'must be less than voice.ice.turn.ttlSeconds' });
  }
  return problems;
}

/** Chatwoot's inboxes are told apart by their tokens. */
function inboxConflicts(parts: readonly AgentPart[]): Problem[] {
  const tokens = new Set<string>();
  return parts.flatMap(({ path, part: { handoff } }): Problem[] => {
    if (handoff?.kind !== 'chatwoot') return [];
    const { webhookToken, accountId, apiAccessToken } = handoff;
    const problems: Problem[] = [];
    if (tokens.has(webhookToken)) {
      problems.push({ path: [...path, 'handoff', 'webhookToken'], text: 'another agent has the same' });
    }
    tokens.add(webhookToken);
    if ((accountId === undefined) !== (apiAccessToken === undefined)) {
      problems.push({ path: [...path, 'handoff'], text: 'needs both accountId and apiAccessToken, or none of them' });
    }
    return problems;
  });
}

function modelConflicts({ model, apiKey, baseUrl }: LlmChatConfig, path: Path): Problem[] {
  const vendor = model.slice(0, model.indexOf('/'));
  if (vendor === 'compatible' && !baseUrl) return [{ path: [...path, 'baseUrl'], text: 'is missing' }];
  // An OpenAI-compatible endpoint of one's own often asks for no key.
  const keyless = vendor === 'compatible' || (vendor === 'openai' && baseUrl);
  return keyless || apiKey ? [] : [{ path: [...path, 'apiKey'], text: 'is missing' }];
}

function missingFiles({ server: { tls }, agents }: Config): Problem[] {
  const scripts = agentParts(agents).flatMap(({ path, part: { chat } }) =>
    chat?.provider === 'script' && 'file' in chat ? [{ path: [...path, 'chat', 'file'], file: chat.file }] : [],
  );
  const certificates = Object.entries(tls ?? {}).map(([key, file]) => ({ path: ['server', 'tls', key], file }));
  return [...scripts, ...certificates]
    .filter(({ file }) => !existsSync(file))
    .map(({ path, file }) => ({ path, text: `there is no file ${file}` }));
}
