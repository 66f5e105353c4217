// What a client may send: five events, and the link of a voice call. Reading is strict about what an
// event needs and lenient about everything else.
import { z } from 'zod';
import { typingStateSchema } from './shared-objects.ts';

/** Every event a client may send, in Parley's spelling. Unknown members are dropped. */
export const clientEventSchema = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('request-poly-agent-join') })
    .describe('Asks for the agent. Asking again changes nothing.'),
  z
    .object({ type: z.literal('user-message'), text: z.string().refine((text) => text.trim() !== '') })
    .describe('What the user wrote: any text that is not blank.'),
  z
    .object({ type: z.literal('user-typing'), state: typingStateSchema })
    .describe('The user began or stopped typing. Never answered, never echoed.'),
  z.object({ type: z.literal('user-end-session') }).describe('The user ends the conversation.'),
  z.object({ type: z.literal('heartbeat') }).describe('A sign of life; keeps the session from expiring.'),
  z
    .object({ type: z.literal('link-to-webrtc-conversation'), callSid: z.string().min(1).max(128) })
    .describe('A voice call belongs to this session.'),
]);
export type ClientEvent = z.infer<typeof clientEventSchema>;
