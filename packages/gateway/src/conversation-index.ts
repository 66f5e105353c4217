// Finds conversations by the id that integrators share, among the sessions in memory: hand-offs are asked about while
// they happen, and a store need not know what attributes are.
import type { ConversationIndex } from './chat-api/index.ts';
import type { Sessions } from './messaging/index.ts';

/** Looks through the loaded sessions, the newest first. */
export function conversationIndex(sessions: Pick<Sessions, 'loaded'>): ConversationIndex {
  return {
    async findShared({ account, project, sharedId }) {
      const shared = [...sessions.loaded].filter(
        ({ info, state }) =>
          info.account === account && info.project === project && state.attributes['shared_id'] === sharedId,
      );
      return shared.at(-1)?.info.id;
    },
  };
}
