// Finds names in a configuration that nothing has. Works on unchecked data, so that one look tells everything.
import { isObject, valueAt, type Path, type Problem, type RawObject } from './raw.ts';

/** A problem for every connector without its agent, and for every hand-off or canned reply without its queue. */
export function danglingReferences(raw: RawObject): Problem[] {
  const agents = keysOf(raw['agents']);
  const queues = keysOf(valueAt(raw, ['handoff', 'queues']));
  return [
    ...agentReferences(raw).flatMap((path) => dangling('agent', valueAt(raw, path), { path, known: agents })),
    ...[...queueReferences(raw), ...cannedReplyReferences(raw)].flatMap((path) =>
      dangling('queue', valueAt(raw, path), { path, known: queues }),
    ),
  ];
}

function agentReferences(raw: RawObject): Path[] {
  const connectors = raw['connectors'];
  return Array.isArray(connectors) ? connectors.map((_, index) => ['connectors', index, 'agent']) : [];
}

function queueReferences(raw: RawObject): Path[] {
  const places = keysOf(raw['agents']).flatMap((agent): Path[] => [
    ['agents', agent],
    ...['variants', 'builds'].flatMap((kind) =>
      keysOf(valueAt(raw, ['agents', agent, kind])).map((name) => ['agents', agent, kind, name]),
    ),
  ]);
  return places
    .filter((place) => valueAt(raw, [...place, 'handoff', 'kind']) === 'desk')
    .map((place) => [...place, 'handoff', 'queue']);
}

function cannedReplyReferences(raw: RawObject): Path[] {
  const replies = valueAt(raw, ['handoff', 'cannedReplies']);
  if (!Array.isArray(replies)) return [];
  return replies.flatMap((_, index) => {
    const path = ['handoff', 'cannedReplies', index, 'queues'];
    const queues = valueAt(raw, path);
    return Array.isArray(queues) ? queues.map((__, place) => [...path, place]) : [];
  });
}

function dangling(noun: string, name: unknown, { path, known }: { path: Path; known: string[] }): Problem[] {
  if (typeof name !== 'string' || known.includes(name)) return [];
  return [{ path, text: `there is no ${noun} "${name}" (${noun}s: ${known.join(', ') || 'none'})` }];
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
