// Signatures of webhook requests, so that programs know who asks.
import { createHmac } from 'node:crypto';

/** The value of `X-Parley-Signature`: when it was signed, and HMAC-SHA256 of `<seconds>.<body>`. */
export function sign(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
