// `voice`: calls, and how their media gets through.
import { z } from 'zod';
import { amount, text, whole } from './value-schemas.ts';

export interface VoiceConfig {
  /** Whether the debugging mode `echo` may be used. Development only, where it is the default. */
  allowEcho: boolean;
  /** True: no falling back between end-to-end and traditional. */
  strictModes: boolean;
  maxConcurrentCalls: number;
  /** Announced besides local addresses. */
  publicIp?: string | undefined;
  /** One port for all media; 0: `portRange`. */
  udpPort: number;
  portRange: [lowest: number, highest: number];
  iceTcp: boolean;
  /** Default: 127.0.0.1 in development, 0.0.0.0 in production. */
  bindAddress: string;
  ice: IceConfig;
  recording: RecordingConfig;
}

export interface RecordingConfig {
  enabled: boolean;
  directory: string;
  /** 0: for ever. */
  retentionDays: number;
  /** What callers are told before the greeting. Left out: a sentence in the agent's language; false: nothing. */
  announcement?: string | false | undefined;
}

export interface IceConfig {
  stun: string[];
  /** The first secret signs; a TURN server may still accept the others. */
  turn?: { urls: string[]; secrets: string[]; ttlSeconds: number } | undefined;
}

// A browser throws on a STUN address with a query, and the whole call with it (voice spec, section 6.1).
const stunUrl = z.string().regex(/^stuns?:[^/?\s]+$/, 'must look like stun:host:port');
const turnUrl = z
  .string()
  .regex(/^turns?:[^/?\s]+(\?transport=(udp|tcp))?$/, 'must look like turn:host:port?transport=udp');

const ice = z.strictObject({
  stun: z.array(stunUrl).default([]),
  turn: z
    .strictObject({
      urls: z.array(turnUrl).min(1),
      secrets: z.array(text).min(1),
      ttlSeconds: whole(60).default(86_400),
    })
    .optional(),
});

const port = whole(1, 65_535);

export const voiceSchema: z.ZodType<VoiceConfig> = z.strictObject({
  allowEcho: z.boolean(),
  strictModes: z.boolean().default(false),
  maxConcurrentCalls: whole(0).default(500),
  publicIp: z.union([z.ipv4(), z.ipv6()], 'must be an IP address').optional(),
  udpPort: whole(0, 65_535).default(0),
  portRange: z
    .tuple([port, port], 'must be [lowest, highest]')
    .refine(([lowest, highest]) => lowest <= highest, 'must be [lowest, highest]')
    .default([40_000, 49_999]),
  iceTcp: z.boolean().default(false),
  bindAddress: z.union([z.ipv4(), z.ipv6()], 'must be an IP address'),
  ice: ice.prefault({}),
  recording: z
    .strictObject({
      enabled: z.boolean().default(false),
      directory: text.default('./data/recordings'),
      retentionDays: amount(0).default(30),
      announcement: z.union([text, z.literal(false)], 'must be text or false').optional(),
    })
    .prefault({}),
});
