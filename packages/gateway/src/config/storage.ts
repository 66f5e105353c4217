// `database` and `redis`: where Parley keeps things, and where its processes meet.
import { z } from 'zod';
import { amount, urlOf } from './value-schemas.ts';

/** `retentionDays`: how long ended sessions are kept; 0 keeps them for ever. */
export type DatabaseConfig =
  | { kind: 'sqlite'; path: string; retentionDays: number }
  | { kind: 'postgres'; url: string; retentionDays: number };

export const databaseSchema: z.ZodType<DatabaseConfig> = z
  .strictObject({
    url: z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must start with file: or postgres://')
      .default('file:./data/parley.db'),
    retentionDays: amount(0).default(30),
  })
  .transform(({ url, retentionDays }): DatabaseConfig => {
    if (!url.startsWith('file:')) return { kind: 'postgres', url, retentionDays };
    return { kind: 'sqlite', path: url.replace(/^file:(\/\/(?=\/))?/, ''), retentionDays };
  });

/** Present: the process is a member of a cluster. */
export interface RedisConfig {
  url: string;
}

export const redisSchema: z.ZodType<RedisConfig> = z.strictObject({ url: urlOf('redis', 'rediss') });
