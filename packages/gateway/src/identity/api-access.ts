// Who may use the Chat API: resolves the headers and the path of a request to a connector, or says why not.
// Source: messaging spec, section 11.
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import type { Connectors } from './connectors.ts';
import { sameAccount, sameProject } from './tenant.ts';

/** What a request presents. Account and project are slugs, or ids with the prefix `ws-` or `PROJECT-`. */
interface ProjectRequest {
  account: string;
  project: string;
  /** `X-API-KEY` */
  apiKey: string | undefined;
}

/** What a request presents that talks to an agent. */
export interface ApiRequest extends ProjectRequest {
  /** `X-TOKEN`: a connector token. */
  token: string | undefined;
}

/** Why a request may not. */
export type ApiAccessCode = keyof typeof failures;

interface ApiAccessFailure {
  status: 401 | 403 | 404;
  code: ApiAccessCode;
  /** For the error envelope. */
  message: string;
}

type ApiAccess = { connector: Connector } | { failure: ApiAccessFailure };

type ProjectAccess = { account: string; project: string } | { failure: ApiAccessFailure };

const failures = {
  AUTH_USER_UNAUTHORISED: { status: 401, message: 'The API key is missing or unknown.' },
  AUTH_USER_INVALID_TOKEN: { status: 401, message: 'The connector token is missing or unknown.' },
  USER_ACCESS_FORBIDDEN: { status: 403, message: 'The API key and the token give no access to this project.' },
  ACCOUNT_NOT_FOUND: { status: 404, message: 'The account does not exist.' },
  PROJECT_NOT_FOUND: { status: 404, message: 'The project does not exist.' },
} as const;

/** The connector that the request's token names, if key and token belong to the project in the path. */
export async function resolveApiAccess(
  request: ApiRequest,
  connectors: Pick<Connectors, 'byApiKey' | 'byToken' | 'list'>,
): Promise<ApiAccess> {
  const keyHolder = request.apiKey ? await connectors.byApiKey(request.apiKey) : undefined;
  if (!request.apiKey || !keyHolder) return failed('AUTH_USER_UNAUTHORISED');
  const connector = request.token ? await connectors.byToken(request.token) : undefined;
  if (!connector) return failed('AUTH_USER_INVALID_TOKEN');
  // Connectors may share a key, and then the holder that was found may be another project's.
  const holdsKey = connector.apiKeys.includes(hashToken(request.apiKey)) || isIn(keyHolder, request);
  if (isIn(connector, request) && holdsKey) return { connector };
  return failed(whyNot(request, await connectors.list()));
}

/** The project of the path, if the key belongs to it: for what needs no token. */
export async function resolveProjectAccess(
  request: ProjectRequest,
  connectors: Pick<Connectors, 'byApiKey' | 'list'>,
): Promise<ProjectAccess> {
  const { apiKey } = request;
  if (!apiKey || !(await connectors.byApiKey(apiKey))) return failed('AUTH_USER_UNAUTHORISED');
  const listed = await connectors.list();
  const holder = listed.find((connector) => isIn(connector, request) && connector.apiKeys.includes(hashToken(apiKey)));
  return holder ? { account: holder.account, project: holder.project } : failed(whyNot(request, listed));
}

function whyNot(request: ProjectRequest, connectors: readonly Connector[]): ApiAccessCode {
  if (!connectors.some((connector) => isOfAccount(connector, request))) return 'ACCOUNT_NOT_FOUND';
  return connectors.some((connector) => isIn(connector, request)) ? 'USER_ACCESS_FORBIDDEN' : 'PROJECT_NOT_FOUND';
}

function isIn(connector: Connector, request: ProjectRequest): boolean {
  return isOfAccount(connector, request) && sameProject(connector.project, request.project);
}

function isOfAccount(connector: Connector, request: ProjectRequest): boolean {
  return sameAccount(connector.account, request.account);
}

function failed(code: ApiAccessCode): { failure: ApiAccessFailure } {
  return { failure: { code, ...failures[code] } };
}
