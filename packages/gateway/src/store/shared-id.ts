// The id under which an integrator knows a conversation, as it stands in a journal.
import type { Fact, StoredEntry } from '../messaging/index.ts';

/** How such facts begin; most facts are something else and needn't be read. */
const ATTRIBUTES_SET = `{"type":"${'attributes-set' satisfies Fact['type']}"`;

/** The `shared_id` among the attributes that an entry sets; undefined when it sets none. */
export function sharedIdIn({ sequence, text }: Pick<StoredEntry, 'sequence' | 'text'>): string | undefined {
  if (sequence !== null || !text.startsWith(ATTRIBUTES_SET)) return undefined;
  const fact = JSON.parse(text) as Extract<Fact, { type: 'attributes-set' }>;
  const sharedId = fact.attributes['shared_id'];
  return typeof sharedId === 'string' ? sharedId : undefined;
}
