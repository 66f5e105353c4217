// Who may use the Chat API. Keys, tokens and projects are somebody else's knowledge.
import type { ChatErrorName } from '@parley/protocol';

/** What a request presents. Account and project come as slugs or as prefixed ids. */
interface PresentedKey {
  account: string;
  project: string;
  /** `X-API-KEY` */
  apiKey: string | undefined;
}

/** Whose conversations may be touched; the canonical slugs. */
export interface ApiProject {
  account: string;
  project: string;
}

/** With whom conversations may be begun. */
export interface ApiConnector extends ApiProject {
  connectorId: string;
  agentId: string;
}

/** Why somebody may not. */
export type AccessRefusal = Extract<
  ChatErrorName,
  'invalidApiKey' | 'invalidToken' | 'forbidden' | 'accountNotFound' | 'projectNotFound'
>;

/** Decides about access. Rejects only when it can't find out. */
export interface ChatAccess {
  /** The connector that the token (`X-TOKEN`) names, if token and key belong to the project. */
  toConnector(
    presented: PresentedKey & { token: string | undefined },
  ): Promise<ApiConnector | { refused: AccessRefusal }>;
  /** The project, if the key belongs to it. */
  toProject(presented: PresentedKey): Promise<ApiProject | { refused: AccessRefusal }>;
}
