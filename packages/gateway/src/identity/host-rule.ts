// Where a connector may be used from: web domains with their sub-domains, and app namespaces. Pure.
// Source: messaging spec, section 1.4.
import { domainToASCII } from 'node:url';

/** A place a connector is registered for. The kind is explicit, for `com.example.app` could be either. */
export interface Host {
  kind: 'domain' | 'app';
  /** A domain (`example.com`, `localhost:8080`) or an app's namespace (`com.example.app`). */
  value: string;
}

/** Whether a presented host (`X-Host`, or an `Origin`) is one of the registered ones. */
export function hostMatches(presented: string, hosts: readonly Host[]): boolean {
  return hosts.some((host) =>
    host.kind === 'app' ? presented === host.value : domainMatches(parseDomain(presented), parseDomain(host.value)),
  );
}

/**
 * Whether a browser's `Origin` is acceptable. Looked at only where `checkOrigin` asks for it and a domain is
 * registered; apps and backends send no such header and pass.
 */
export function originMatches(
  origin: string | undefined,
  rule: { hosts: readonly Host[]; checkOrigin: boolean },
): boolean {
  const domains = rule.hosts.filter((host) => host.kind === 'domain');
  if (!rule.checkOrigin || origin === undefined || domains.length === 0) return true;
  return hostMatches(origin, domains);
}

/** A domain in the one spelling that is compared. */
export interface Domain {
  /** Lower case, IDNA-encoded, without a trailing dot. */
  name: string;
  /** As written; null when it wasn't. */
  port: string | null;
  /** The port that the written scheme stands for; null without a scheme. */
  schemePort: string | null;
}

/**
 * Reads a domain as people write it: with or without scheme, user, path and trailing dot, in any case and script.
 * Undefined when it is none.
 */
export function parseDomain(text: string): Domain | undefined {
  const trimmed = text.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(trimmed)?.[0] ?? '';
  const authority = trimmed.slice(scheme.length).split(/[/?#\\]/, 1)[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const [, written = '', port = null] = /^(.*?)(?::(\d{1,5}))?$/.exec(host) ?? [];
  const name = domainToASCII(written).replace(/\.$/, '');
  if (!NAME.test(name)) return undefined;
  return { name, port, schemePort: SCHEME_PORTS[scheme.toLowerCase()] ?? null };
}

// Labels of letters, digits and hyphens (underscores occur in practice), or an IPv6 address in brackets.
const NAME = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;

const SCHEME_PORTS: Record<string, string> = { 'http://': '80', 'https://': '443' };

function domainMatches(presented: Domain | undefined, registered: Domain | undefined): boolean {
  if (!presented || !registered) return false;
  if (registered.port !== null && registered.port !== (presented.port ?? presented.schemePort)) return false;
  return presented.name === registered.name || presented.name.endsWith(`.${registered.name}`);
}
