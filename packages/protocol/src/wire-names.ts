// The one place that knows how the wire spells names. Inside Parley members are camelCase and event
// types are kebab-case; on the wire they are snake_case and EVENT_TYPE_SCREAMING_CASE.

const EVENT_PREFIX = 'EVENT_TYPE_';

/** Members whose value belongs to somebody else and therefore keeps its own spelling. */
const OPAQUE_MEMBERS: ReadonlySet<string> = new Set(['integrationAttributes', 'metadata', 'custom']);

const wireMembers = new Map<string, string>();
const insideMembers = new Map<string, string>();

/** `poly-agent-joined` -> `EVENT_TYPE_POLY_AGENT_JOINED`. */
export function wireType(type: string): string {
  return EVENT_PREFIX + type.toUpperCase().replaceAll('-', '_');
}

/** `EVENT_TYPE_POLY_AGENT_JOINED` -> `poly-agent-joined`; undefined when it isn't spelled like an event type. */
export function insideType(type: string): string | undefined {
  if (!/^EVENT_TYPE_[A-Z]+(_[A-Z]+)*$/.test(type)) return undefined;
  return type.slice(EVENT_PREFIX.length).toLowerCase().replaceAll('_', '-');
}

/** Renames the members of a JSON value, at any depth, from camelCase to snake_case. */
export function toWire(value: unknown): unknown {
  return rename(value, wireMember);
}

/** Renames the members of a JSON value, at any depth, from snake_case to camelCase. */
export function fromWire(value: unknown): unknown {
  return rename(value, insideMember);
}

/** Renames only the outermost members: enough for flat bodies, and safe for hostile depths. */
export function fromWireFlat(value: object): Record<string, unknown> {
  const renamed: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) renamed[insideMember(name)] = member;
  return renamed;
}

/** `messageId` -> `message_id`. */
export function wireMember(name: string): string {
  return remembered(wireMembers, name, () => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function insideMember(name: string): string {
  return remembered(insideMembers, name, () => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}

// Bounded, because names may come from strangers.
function remembered(names: Map<string, string>, name: string, spell: () => string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const spelled = spell();
  if (names.size < 1000 && name.length < 64) names.set(name, spelled);
  return spelled;
}

function rename(value: unknown, spell: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => rename(element, spell));
  if (value === null || typeof value !== 'object') return value;
  const renamed: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const spelled = spell(name);
    const opaque = OPAQUE_MEMBERS.has(name) || OPAQUE_MEMBERS.has(spelled);
    renamed[spelled] = opaque ? member : rename(member, spell);
  }
  return renamed;
}
