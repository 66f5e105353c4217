// What was said before the hand-off, as people in Chatwoot read it.
import type { BridgeDelivery, BridgeLine } from '@parley/protocol';

/** Chatwoot takes messages of up to 150,000 characters. */
const MAX_CHARACTERS = 100_000;

const speakers = { user: 'Visitor', agent: 'Agent', human: 'Person' } as const;

/** The request in words: why, in which queue, what the agent gives along, and the conversation, its end if it is long. */
export function transcriptText({
  queue,
  reason,
  data,
  transcript,
}: Extract<BridgeDelivery, { type: 'requested' }>): string {
  const facts = Object.entries(data).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const head = [`Handed off to ${queue} (${reason})`, ...facts].join('\n').slice(0, MAX_CHARACTERS / 2);
  const said = transcript.map(lineText);
  let kept = said.length;
  for (let left = MAX_CHARACTERS - head.length; kept > 0; kept--) {
    left -= (said[kept - 1]?.length ?? 0) + 1;
    if (left < 0) break;
  }
  return [head, ...(kept > 0 ? ['', '…'] : ['']), ...said.slice(kept)].join('\n').trimEnd();
}

function lineText({ speaker, text, attachments }: BridgeLine): string {
  const links = attachments.map(({ title, contentUrl }) => `${title} ${contentUrl}`);
  return `${speakers[speaker]}: ${[text, ...links].filter((part) => part !== '').join('\n')}`;
}
