// The cookie that holds a sign-in. Pages can't read it, other sites' pages can't make browsers send it, and it goes
// nowhere but to the desk's API.

const NAME = 'parley_desk';

/** The token in a `Cookie` header; undefined when there is none. */
export function tokenInCookie(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value) return value;
  }
  return undefined;
}

/** The `Set-Cookie` header that keeps a sign-in for so long, at a server that is reached at `publicUrl`. */
export function signInCookie(token: string, { publicUrl, seconds }: { publicUrl: string; seconds: number }): string {
  const { protocol, pathname } = new URL(publicUrl);
  return [
    `${NAME}=${token}`,
    `Path=${pathname.replace(/\/+$/, '')}/api/v1/desk`,
    `Max-Age=${Math.max(0, Math.floor(seconds))}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(protocol === 'https:' ? ['Secure'] : []),
  ].join('; ');
}

/** The header that makes a browser forget it. */
export function signOutCookie(publicUrl: string): string {
  return signInCookie('', { publicUrl, seconds: 0 });
}
