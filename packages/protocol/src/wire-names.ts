// The one place that knows how the wire spells names. Inside Parley members are camelCase and event
// types are kebab-case; on the wire they are snake_case and EVENT_TYPE_SCREAMING_CASE.

/** `poly-agent-joined` -> `EVENT_TYPE_POLY_AGENT_JOINED`. */
export function wireType(type: string): string {
  return `EVENT_TYPE_${type.toUpperCase().replaceAll('-', '_')}`;
}

/** `messageId` -> `message_id`. */
export function wireMember(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
