// How the audio between a caller and an agent is made, as the calls see it.
import type { OfferedAudio } from '../negotiation/offered-media.ts';
import type { AgentMediaEvents, AgentMediaPath } from './media-path.ts';

/** What an agent's path needs of its call. */
export interface AgentMediaOptions {
  /** Rate at which the dialogue hears. */
  rate: 16_000 | 24_000;
  audio: Pick<OfferedAudio, 'opusPayloadType' | 'telephoneEvent'>;
  ssrc: number;
  /** Also the CNAME of our stream. */
  callId: string;
  send: (packet: Uint8Array) => void;
  events: AgentMediaEvents;
}

/** Makes the audio path of one call; codecs take a moment to be there. */
export type AgentMediaFactory = (options: AgentMediaOptions) => Promise<AgentMediaPath>;
