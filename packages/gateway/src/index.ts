// The door of @parley/gateway: everything other packages may import.
export type { Config, ConfigResult } from './config/index.ts';
export { readConfig } from './config/index.ts';
export type { Gateway, GatewayParts } from './gateway.ts';
export { createGateway } from './gateway.ts';
export {
  browserPackets,
  createCallerAudio,
  createNativeCaller,
  createRehearsal,
  rehearsedSpeech,
} from './voice/index.ts';
export type {
  CallerAudio,
  NativeCaller,
  NativeCallerOptions,
  Rehearsal,
  RehearsalOptions,
  RehearsedCall,
} from './voice/index.ts';
