// Reads a request's body as text, with a limit.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestFailure } from './request-failure.ts';

/** A message of the Chat API may have 128 KiB, and JSON may need twice as many bytes to write it. */
const MAX_BODY_BYTES = 262_144;
/** Up to here a body that is too large is read and dropped, because clients read no answer before they sent theirs. */
const MAX_DROPPED_BYTES = 4 * 1024 * 1024;

/** The whole body; an empty text when there is none. Throws a {@link RequestFailure} when it is no text or too long. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      if (bytes > MAX_DROPPED_BYTES) break;
    }
  } catch {
    // The client hung up before it was done.
    throw new RequestFailure('unparsableRequest');
  }
  if (bytes > MAX_BODY_BYTES) throw new RequestFailure('bodyTooLarge');
  const body = Buffer.concat(chunks);
  if (!isUtf8(body)) throw new RequestFailure('unparsableRequest');
  return body.toString();
}
