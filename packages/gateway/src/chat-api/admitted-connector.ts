// The first question of every operation of the Chat API: may they, and with which agent?
import { chatErrors } from '@parley/protocol';
import { ChatFailure } from './chat-failure.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ApiConnector, ChatAccess } from './ports/chat-access.ts';

/** The connector that a request opens. Throws {@link ChatFailure} when it opens none. */
export async function admittedConnector(request: ChatRequest, access: ChatAccess): Promise<ApiConnector> {
  const { accountId: account, projectId: project, apiKey, connectorToken: token } = request;
  const admitted = await access.toConnector({ account, project, apiKey, token });
  if ('refused' in admitted) throw new ChatFailure(chatErrors[admitted.refused]);
  return admitted;
}
