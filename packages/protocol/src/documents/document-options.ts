// What the documents say of the deployment that serves them.

/** The deployment. */
export interface DocumentOptions {
  /** Version of Parley. */
  version: string;
  /** Where clients reach it, `https://talk.example.com`; a path prefix is kept. */
  publicUrl: string;
}

/** Scheme, host and path prefix of a public address. Without URL, which the language itself doesn't have. */
export function partsOfUrl(publicUrl: string): { isSecure: boolean; host: string; prefix: string } {
  const [, scheme, host = '', path = ''] = /^(https?):\/\/([^/?#]+)([^?#]*)/.exec(publicUrl) ?? [];
  return { isSecure: scheme === 'https', host, prefix: path.replace(/\/+$/, '') };
}
