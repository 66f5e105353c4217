// How a call is answered, and the names that clients have for it (voice spec, section 2).

/** One speech-to-speech model; recognition, agent and speech one after the other; or the caller's own voice. */
export const callModes = ['end-to-end', 'traditional', 'echo'] as const;
export type CallMode = (typeof callModes)[number];

/** What a client gets that asks for nothing. */
export const DEFAULT_CALL_MODE: CallMode = 'end-to-end';

/** Every name that an offer may have in `mode`, canonical ones and older ones alike. Case matters. */
export const callModeNames = {
  'end-to-end': 'end-to-end',
  traditional: 'traditional',
  echo: 'echo',
  agent: 'end-to-end',
  agent_v2: 'end-to-end',
  realtime: 'end-to-end',
  agent_v1: 'traditional',
  cascaded: 'traditional',
  normal: 'traditional',
} as const satisfies Record<string, CallMode>;
export type CallModeName = keyof typeof callModeNames;

/** A `mode` that a client may send: the name as it came (null when there was none), and the mode it stands for. */
export interface AskedMode {
  name: CallModeName | null;
  mode: CallMode;
}

/** Reads the `mode` of an offer; undefined when it is none. */
export function readMode(value: unknown): AskedMode | undefined {
  if (value === undefined) return { name: null, mode: DEFAULT_CALL_MODE };
  return isModeName(value) ? { name: value, mode: callModeNames[value] } : undefined;
}

function isModeName(value: unknown): value is CallModeName {
  return typeof value === 'string' && Object.hasOwn(callModeNames, value);
}
