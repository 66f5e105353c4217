// Identity's answers in the words of voice.
import type { CallToken, CallTokens } from './identity/index.ts';
import { originMatches, sameAccount, sameProject } from './identity/index.ts';
import type { CallAccess, CallGrant } from './voice/index.ts';

/** What access to calls is decided by. */
export interface CallAccessParts {
  callTokens: Pick<CallTokens, 'verify'>;
  /** The person, if they are in the chat of this conversation at the moment. */
  personInChat: (chat: { sessionId: string; personId: string }) => { id: string; name: string } | undefined;
}

/** Access by the tokens of connectors, those made from them, and those of people at the desk. */
export function callAccess({ callTokens, personInChat }: CallAccessParts): CallAccess {
  /** A person's token is good as long as they have the chat. */
  function deskOf({ desk }: CallToken): CallGrant['desk'] {
    const person = desk && personInChat(desk);
    return person && { sessionId: desk.sessionId, person };
  }

  return {
    async verify(token) {
      const found = await callTokens.verify(token);
      if (!found) return undefined;
      const { connector, kind, variantId, build, mayEcho } = found;
      const desk = deskOf(found);
      if (kind === 'desk' && !desk) return undefined;
      const { id: connectorId, agent: agentId, account, project, maxConcurrentCalls } = connector;
      return {
        account,
        project,
        connectorId,
        agentId,
        kind,
        desk,
        variantId,
        build,
        mayEcho,
        maxConcurrentCalls,
        // The desk gave it to a page of its own, wherever the connector's pages are.
        originAllowed: (origin) => kind === 'desk' || originMatches(origin, connector),
        isAccount: (accountId) => sameAccount(accountId, account),
        isProject: (projectId) => sameProject(projectId, project),
      };
    },
  };
}
