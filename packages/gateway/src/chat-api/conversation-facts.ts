// What create and respond say of the conversation besides what is said in it.
import { chatErrors } from '@parley/protocol';
import type { ChatCreateRequest, ChatRespondRequest } from '@parley/protocol';
import type { LiveSession } from '../messaging/index.ts';
import { ChatFailure } from './chat-failure.ts';

/** Facts a request brings; absent ones stay as they were. */
export interface ConversationFacts {
  attributes: Record<string, unknown> | undefined;
  /** BCP-47, canonical. */
  language: string | undefined;
}

/** The facts in a request. Throws {@link ChatFailure} for a language that is none. */
export function readFacts(request: ChatCreateRequest | ChatRespondRequest): ConversationFacts {
  const heard = canonicalLanguage(request.asrLangCode);
  const spoken = canonicalLanguage(request.ttsLangCode);
  return { attributes: request.integrationAttributes, language: spoken ?? heard };
}

/** Makes the facts those of the conversation. Clients tend to repeat them with every request; that changes nothing. */
export function setFacts(session: LiveSession, { attributes, language }: ConversationFacts): void {
  if (attributes && JSON.stringify(attributes) !== JSON.stringify(session.state.attributes)) {
    session.execute({ type: 'set-attributes', attributes });
  }
  if (language !== undefined) session.execute({ type: 'set-language', languageCode: language });
}

function canonicalLanguage(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(code)[0];
  } catch {
    throw new ChatFailure(chatErrors.invalidConversation);
  }
}
