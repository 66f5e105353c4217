// How calls are to behave: made of the configuration by the composition root.

/** How an agent listens and speaks. */
export interface DialogueSettings {
  /** BCP-47; what the conversation begins in. */
  language: string;
  /** Whether the agent speaks first. */
  greeting: boolean;
  interruption: { enabled: boolean; minSpeechMs: number; onGreeting: boolean };
  /** The pause that ends the caller's turn: the shortest after what sounds finished, the longest otherwise. */
  endpointing: { minSilenceMs: number; maxSilenceMs: number };
  /** 0 ms: never ask whether somebody is there. */
  silence: { promptAfterMs: number; maxPrompts: number };
  maxCallMs: number;
  /** What the caller is likely to say, for recognisers with a small vocabulary. */
  phrases: readonly string[];
}

/** Whether and where calls are recorded. */
export interface RecordingSettings {
  enabled: boolean;
  directory: string;
  /** 0: for ever. */
  retentionDays: number;
  /** What callers are told first. Undefined: the house's own words; false: nothing. */
  announcement?: string | false | undefined;
}

/** What the house says by itself, in the agent's language. */
export interface HousePhrases {
  /** Opens a call in a conversation that is under way. */
  goAhead: string;
  stillThere: string;
  goodbyeAfterSilence: string;
  timeIsUp: string;
  oneMinuteLeft: string;
  apology: string;
  /** No recogniser: keys work all the same. */
  onlyTones: string;
  /** The caller said something that wasn't understood. */
  notUnderstood: string;
  onHold: string;
  nobodyAvailable: string;
  recordingNotice: string;
  /** A person of the desk has the caller wait, or can't be reached for a moment. */
  onHoldByPerson: string;
  /** The person has left the line, and goes on in writing. */
  personLeft: string;
  personLost: string;
}
