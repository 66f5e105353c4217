// Session descriptions as text (RFC 8866): lines into sections, without knowing what attributes mean.

/** An `a=` line: `a=name` or `a=name:value`. */
export interface SdpAttribute {
  name: string;
  /** Empty for a flag. */
  value: string;
}

/** An m-line and what follows it. */
export interface SdpSection {
  /** `audio`, `video`, `application` … */
  kind: string;
  port: number;
  /** As `UDP/TLS/RTP/SAVPF`. */
  protocol: string;
  /** Payload types, or what the protocol has instead. At least one. */
  formats: string[];
  attributes: SdpAttribute[];
}

/** A session description. */
export interface Sdp {
  /** The value of the o-line: who made this description, and which version it is. */
  origin: string;
  /** Attributes of the session, valid for all sections that don't say otherwise. */
  attributes: SdpAttribute[];
  sections: SdpSection[];
}

/** Longest description that is read, in characters. Browsers' are below 16,000. */
const maxLength = 65_536;
const maxSections = 64;

const lineShape = /^[vosiuepcbtrzkam]=/;
const originShape = /^\S+ \d{1,20} \d{1,20} IN IP[46] \S+$/;
const mediaShape = /^([A-Za-z0-9-]+) (\d{1,5})(?:\/\d{1,5})? (\S+) (\S+(?: \S+)*) ?$/;
const attributeShape = /^([^:]+)(?::(.*))?$/;

/** Reads a description; `undefined` when its syntax is broken. Lines end with CRLF or LF. */
export function readSdp(text: string): Sdp | undefined {
  if (text.length > maxLength) return undefined;
  const lines = text.split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  if (!lines.every((line) => lineShape.test(line))) return undefined;

  const [version, origin, name, ...rest] = lines;
  if (version !== 'v=0' || !origin?.startsWith('o=') || !name?.startsWith('s=')) return undefined;
  if (!originShape.test(origin.slice(2)) || !rest.some((line) => line.startsWith('t='))) return undefined;

  const sdp: Sdp = { origin: origin.slice(2), attributes: [], sections: [] };
  let attributes = sdp.attributes;
  for (const line of rest) {
    const value = line.slice(2);
    if (line.startsWith('m=')) {
      const section = readSection(value);
      if (!section || sdp.sections.length === maxSections) return undefined;
      sdp.sections.push(section);
      attributes = section.attributes;
    } else if (line.startsWith('a=')) {
      const attribute = readAttribute(value);
      if (!attribute) return undefined;
      attributes.push(attribute);
    }
  }
  return sdp;
}

/** The value of the first attribute of that name; empty for a flag. */
export function attributeOf(attributes: readonly SdpAttribute[], name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

/** The values of all attributes of that name, in their order. */
export function attributesOf(attributes: readonly SdpAttribute[], name: string): string[] {
  return attributes.filter((attribute) => attribute.name === name).map(({ value }) => value);
}

function readSection(value: string): SdpSection | undefined {
  const [, kind, port, protocol, formats] = mediaShape.exec(value) ?? [];
  if (!kind || !protocol || !formats || Number(port) > 65_535) return undefined;
  return { kind, port: Number(port), protocol, formats: formats.split(' '), attributes: [] };
}

function readAttribute(value: string): SdpAttribute | undefined {
  const [, name, text = ''] = attributeShape.exec(value) ?? [];
  return name ? { name, value: text } : undefined;
}
