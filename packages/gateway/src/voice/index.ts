// The door of voice: calls over WebRTC, from their signaling to their transcript.
export type { Calls } from './calls/calls.ts';
export { createSpeechModel } from './create-speech-model.ts';
export { createVoice } from './create-voice.ts';
export type { Voice, VoiceParts } from './create-voice.ts';
export type { CallableAgent, CallableAgents, WantedAgent } from './create-voice-agents.ts';
export type { Dialogue, DialogueHost, DialogueMeasure, Mouth } from './dialogue.ts';
export { createEndToEndDialogue } from './end-to-end/end-to-end-dialogue.ts';
export { phrasesFor } from './phrases.ts';
export type { CallAccess, CallGrant } from './ports/call-access.ts';
export type * from './ports/call-records.ts';
export type { SpeechDetectors } from './ports/speech-detector.ts';
export type { ModelEvent, ModelItem, ModelSession, SpeechModel } from './ports/speech-model.ts';
export { SpeechError, type SpeechToText } from './ports/speech-to-text.ts';
export type { TextToSpeech } from './ports/text-to-speech.ts';
export type { Signaling } from './signaling/signaling.ts';
export { createTraditionalDialogue } from './traditional/traditional-dialogue.ts';
export type { DialogueSettings } from './voice-settings.ts';
export type { VoiceAgent, VoiceAgents } from './voice-agent.ts';
