// Where a gateway is reached.
import type { Config } from './config/index.ts';

/** The public address, or one that works on this machine when none is configured. */
export function addressOf({ server: { publicUrl, host, tls } }: Pick<Config, 'server'>, port: number): string {
  if (publicUrl !== undefined) return publicUrl;
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}
