// The values that the sections of the configuration are made of, each with the words for when it is wrong.
import { z } from 'zod';

/** Text with something in it. */
export const text: z.ZodType<string> = z.string().min(1);

/** A whole number from `min` on. */
export function whole(min: number, max: number = Number.MAX_SAFE_INTEGER): z.ZodNumber {
  return z.int().min(min).max(max);
}

/** A duration or an amount, fractions allowed. */
export function amount(min: number): z.ZodNumber {
  return z.number().min(min);
}

/** A duration that has to pass at all. */
export const duration: z.ZodNumber = z.number().positive('must be more than 0');

/** The name of a connector, an agent, a queue: what other keys refer to. */
export const id: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a name of up to 64 letters, digits, dots, hyphens, underscores');

/** A token that clients put into URLs unescaped, so its alphabet is limited (voice spec, section 3). */
export const token: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9._~-]+$/, 'must consist of letters, digits and - . _ ~');

/** An address that starts with http:// or https://. */
export const httpUrl: z.ZodType<string> = z
  .string()
  .refine(
    (value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol),
    'must be a URL that starts with http:// or https://',
  );

/** A language tag (BCP 47) such as `en-US`. */
export const language: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-US');

/** Gives every entry its key for a name where it has none of its own. */
export function nameByKey<Entry extends { name?: string | undefined }>(
  entries: Record<string, Entry>,
): Record<string, Entry & { name: string }> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [key, { ...entry, name: entry.name ?? key }]),
  );
}
