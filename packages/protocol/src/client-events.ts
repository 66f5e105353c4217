// What a client may send: five events, and the link of a voice call. Reading is strict about what an
// event needs and lenient about everything else.
import { z } from 'zod';
import { typingStateSchema } from './shared-objects.ts';

/** Every event a client may send, in Parley's spelling. Unknown members are dropped. */
export const clientEventSchemas = {
  'request-poly-agent-join': z.object({ type: z.literal('request-poly-agent-join') }),
  'user-message': z.object({
    type: z.literal('user-message'),
    text: z.string().refine((text) => text.trim() !== ''),
  }),
  'user-typing': z.object({ type: z.literal('user-typing'), state: typingStateSchema }),
  'user-end-session': z.object({ type: z.literal('user-end-session') }),
  heartbeat: z.object({ type: z.literal('heartbeat') }),
  'link-to-webrtc-conversation': z.object({
    type: z.literal('link-to-webrtc-conversation'),
    callSid: z.string().min(1).max(128),
  }),
} as const;

export const clientEventSchema = z.discriminatedUnion('type', [
  clientEventSchemas['request-poly-agent-join'],
  clientEventSchemas['user-message'],
  clientEventSchemas['user-typing'],
  clientEventSchemas['user-end-session'],
  clientEventSchemas.heartbeat,
  clientEventSchemas['link-to-webrtc-conversation'],
]);
export type ClientEvent = z.infer<typeof clientEventSchema>;
