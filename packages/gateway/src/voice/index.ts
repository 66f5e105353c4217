// The door of voice: calls over WebRTC, from their signaling to their transcript.
export type { Calls } from './calls/calls.ts';
export { createVoice } from './create-voice.ts';
export type { Voice, VoiceParts } from './create-voice.ts';
export type { CallableAgent, CallableAgents, WantedAgent } from './create-voice-agents.ts';
export type { CallAccess, CallGrant } from './ports/call-access.ts';
export type * from './ports/call-records.ts';
export type { Signaling } from './signaling/signaling.ts';
export type { DialogueSettings } from './voice-settings.ts';
export type { VoiceAgent, VoiceAgents } from './voice-agent.ts';
