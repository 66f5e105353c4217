// Identity's answers in the words of voice.
import type { CallTokens } from './identity/index.ts';
import { originMatches, sameAccount, sameProject } from './identity/index.ts';
import type { CallAccess } from './voice/index.ts';

/** Access by the tokens of connectors and those made from them. */
export function callAccess(callTokens: Pick<CallTokens, 'verify'>): CallAccess {
  return {
    async verify(token) {
      const found = await callTokens.verify(token);
      if (!found) return undefined;
      const { connector, ...allowed } = found;
      const { id: connectorId, agent: agentId, account, project, maxConcurrentCalls } = connector;
      return {
        account,
        project,
        connectorId,
        agentId,
        maxConcurrentCalls,
        ...allowed,
        originAllowed: (origin) => originMatches(origin, connector),
        isAccount: (accountId) => sameAccount(accountId, account),
        isProject: (projectId) => sameProject(projectId, project),
      };
    },
  };
}
