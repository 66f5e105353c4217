// `server`: where Parley listens, and how it stops.
import { z } from 'zod';
import { amount, httpUrl, text, whole } from './value-schemas.ts';

export interface ServerConfig {
  /** Default: 127.0.0.1 in development, 0.0.0.0 in production. */
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** For links and cookies; absent: http(s)://host:port. */
  publicUrl?: string | undefined;
  /** How many proxies in front may set X-Forwarded-For. */
  trustProxy: number;
  /** Paths of PEM files; absent: a proxy terminates TLS. */
  tls?: { cert: string; key: string } | undefined;
  /** Grace for live calls and open turns after SIGTERM. */
  drainSeconds: number;
}

export const serverSchema: z.ZodType<ServerConfig> = z.strictObject({
  host: text,
  port: whole(0, 65_535).default(8080),
  publicUrl: httpUrl.optional(),
  trustProxy: whole(0).default(0),
  tls: z.strictObject({ cert: text, key: text }).optional(),
  drainSeconds: amount(0).default(10),
});
