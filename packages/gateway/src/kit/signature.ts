// Signatures of requests between Parley and programs of the integrator, so that either knows who asks.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clocks of both sides may be apart. */
const MAX_SKEW_MS = 300_000;

/** The value of `X-Parley-Signature`: when it was signed, and HMAC-SHA256 of `<seconds>.<body>`. */
export function sign(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds},v1=${macOf(`${seconds}.${body}`, secret)}`;
}

/** Whether a signature is of this body, was made with this secret, and not longer than five minutes ago. */
export function isSigned(
  body: string,
  signature: string | undefined,
  { secret, nowMs }: { secret: string; nowMs: number },
): boolean {
  const [, seconds, mac] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  if (seconds === undefined || mac === undefined) return false;
  return isFresh(seconds, nowMs) && isMac(mac, `${seconds}.${body}`, secret);
}

/** Whether seconds since the epoch are those of a clock that goes about right. */
export function isFresh(seconds: string, nowMs: number): boolean {
  return /^\d{1,15}$/.test(seconds) && Math.abs(Number(seconds) * 1000 - nowMs) <= MAX_SKEW_MS;
}

/** Whether this is HMAC-SHA256 of the text, in hexadecimal. Takes as long for a wrong one. */
export function isMac(mac: string, text: string, secret: string): boolean {
  const expected = Buffer.from(macOf(text, secret));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** HMAC-SHA256 in hexadecimal. */
export function macOf(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
