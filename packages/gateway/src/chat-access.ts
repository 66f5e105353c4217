// Identity's answers in the words of the Chat API.
import type { AccessRefusal, ChatAccess } from './chat-api/index.ts';
import type { ApiAccessCode, Connectors } from './identity/index.ts';
import { resolveApiAccess, resolveProjectAccess } from './identity/index.ts';

const refusals: Record<ApiAccessCode, AccessRefusal> = {
  AUTH_USER_UNAUTHORISED: 'invalidApiKey',
  AUTH_USER_INVALID_TOKEN: 'invalidToken',
  USER_ACCESS_FORBIDDEN: 'forbidden',
  ACCOUNT_NOT_FOUND: 'accountNotFound',
  PROJECT_NOT_FOUND: 'projectNotFound',
};

/** Access by the connectors' keys and tokens. */
export function chatAccess(connectors: Connectors): ChatAccess {
  return {
    async toConnector(presented) {
      const access = await resolveApiAccess(presented, connectors);
      if ('failure' in access) return { refused: refusals[access.failure.code] };
      const { id: connectorId, agent: agentId, account, project } = access.connector;
      return { connectorId, agentId, account, project };
    },
    async toProject(presented) {
      const access = await resolveProjectAccess(presented, connectors);
      return 'failure' in access ? { refused: refusals[access.failure.code] } : access;
    },
  };
}
