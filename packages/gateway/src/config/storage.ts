// `database` and `redis`: where Parley keeps things, and what it does without.
import { z } from 'zod';
import { amount } from './value-schemas.ts';

export interface DatabaseConfig {
  /** SQLite's file, or `:memory:`. */
  path: string;
  /** How long ended sessions are kept; 0 keeps them for ever. */
  retentionDays: number;
}

export const databaseSchema: z.ZodType<DatabaseConfig> = z
  .strictObject({
    url: z
      .string()
      .regex(/^file:.+/, 'must start with file: (Parley keeps its data in SQLite)')
      .default('file:./data/parley.db'),
    retentionDays: amount(0).default(30),
  })
  .transform(({ url, retentionDays }) => ({ path: url.replace(/^file:(\/\/(?=\/))?/, ''), retentionDays }));

/** Refuses the address of a Redis: a process that believed itself in a cluster would be alone in it. */
export const redisSchema: z.ZodType<unknown> = z.strictObject({
  url: z.string().refine(() => false, 'must not be set: Parley is one process, and forms no cluster'),
});
