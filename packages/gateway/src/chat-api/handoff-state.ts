// `GET …/handoff_state`: what the agent left for whoever takes a conversation over (messaging spec, section 6.5). Any
// conversation of the project, whichever door it came in by: those of messaging are handed off too.
import { encodeHandoffState, handoffStateErrors, readHandoffStateKey } from '@parley/protocol';
import type { HandoffStateKey } from '@parley/protocol';
import type { ChatApiParts } from './chat-api-parts.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ChatRequest } from './chat-request.ts';
import { isOf } from './conversation.ts';
import type { AccessRefusal, ApiProject } from './ports/chat-access.ts';
import { guardRate } from './rate-guard.ts';

const refusals: Record<AccessRefusal, keyof typeof handoffStateErrors> = {
  invalidApiKey: 'unauthorised',
  invalidToken: 'unauthorised',
  forbidden: 'forbidden',
  accountNotFound: 'notFound',
  projectNotFound: 'notFound',
};

/** The body of the answer. Throws {@link ChatFailure}. */
export async function handoffState(request: ChatRequest, parts: ChatApiParts): Promise<string> {
  const { accountId: account, projectId, apiKey } = request;
  const project = await parts.access.toProject({ account, project: projectId, apiKey });
  if ('refused' in project) throw new ChatFailure(handoffStateErrors[refusals[project.refused]]);
  const key = readHandoffStateKey(request.query);
  if (key === 'invalid') throw new ChatFailure(handoffStateErrors.missingId);
  guardRate(parts.requestLimit, `${project.account} ${project.project}`, handoffStateErrors.rateLimited);
  const id = await conversationOf(key, { project, index: parts.index });
  const session = id === undefined ? undefined : await parts.sessions.open(id);
  if (!session?.state.handoff || !isOf(session, project)) throw new ChatFailure(handoffStateErrors.notFound);
  const sharedId = session.state.attributes['shared_id'];
  return encodeHandoffState({
    id: session.info.id,
    ...(typeof sharedId === 'string' && { sharedId }),
    data: session.state.handoff.data,
  });
}

async function conversationOf(
  key: HandoffStateKey,
  { project: { account, project }, index }: { project: ApiProject; index: ChatApiParts['index'] },
): Promise<string | undefined> {
  return key.by === 'id' ? key.value : index.findShared({ account, project, sharedId: key.value });
}
