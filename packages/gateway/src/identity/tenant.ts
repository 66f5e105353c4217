// Accounts and projects: how their ids are compared, and what stands for them where they mustn't be named.
import { hashToken } from './connector.ts';

/** Whether two ids are one account: slugs, or ids with the prefix `ws-`. */
export function sameAccount(one: string, other: string): boolean {
  return withoutPrefix(one, 'ws-') === withoutPrefix(other, 'ws-');
}

/** Whether two ids are one project: slugs, or ids with the prefix `PROJECT-`. */
export function sameProject(one: string, other: string): boolean {
  return withoutPrefix(one, 'PROJECT-') === withoutPrefix(other, 'PROJECT-');
}

/** Sixteen hexadecimal digits that are the same for everything of one project, and don't tell its name. */
export function tenantHash({ account, project }: { account: string; project: string }): string {
  return hashToken(JSON.stringify([account, project])).slice(0, 16);
}

function withoutPrefix(id: string, prefix: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}
