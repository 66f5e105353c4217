// What follows from where a configuration stands: paths in full, and credentials that the environment lends to agents.
import { resolve } from 'node:path';
import { agentParts, type AgentChanges } from './agents.ts';
import type { Sections } from './config.ts';

/** Where a configuration stands. */
export interface Surroundings {
  /** The file's folder. Scripts and certificates lie beside the file that names them. */
  folder: string;
  /** The process's folder. Data lies where the process runs. */
  cwd: string;
  /** `OPENAI_API_KEY` and `OPENAI_BASE_URL`: for agents of that vendor that bring none of their own. */
  openai: { apiKey: string | undefined; baseUrl: string | undefined };
}

/** Completes freshly checked sections, in place. */
export function settleSections(sections: Sections, { folder, cwd, openai }: Surroundings): void {
  const { server, database, voice } = sections;
  if (server.tls) server.tls = { cert: resolve(folder, server.tls.cert), key: resolve(folder, server.tls.key) };
  if (database.path !== ':memory:') database.path = resolve(cwd, database.path);
  voice.recording.directory = resolve(cwd, voice.recording.directory);
  for (const { part } of agentParts(sections.agents)) settleAgent(part, { folder, openai });
}

function settleAgent({ chat, voice }: AgentChanges, { folder, openai }: Omit<Surroundings, 'cwd'>): void {
  if (chat?.provider === 'script' && 'file' in chat) chat.file = resolve(folder, chat.file);
  if (chat?.provider === 'llm' && chat.model.startsWith('openai/')) lend(chat, openai);
  if (voice?.endToEnd) lend(voice.endToEnd, openai);
  for (const service of Object.values(voice?.traditional ?? {})) {
    if (service.provider === 'openai') lend(service, openai);
  }
}

// An address of the agent's own gets the lent key only together with the lent address: keys don't go to strangers.
function lend(
  borrower: { apiKey?: string | undefined; baseUrl?: string | undefined },
  openai: Surroundings['openai'],
): void {
  if (borrower.baseUrl !== undefined) return;
  borrower.baseUrl = openai.baseUrl;
  borrower.apiKey ??= openai.apiKey;
}
