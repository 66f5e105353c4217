// What tests want of the realtime server: how it answers, what it understands, how it fails.

/** A response: words and audio of a message, function calls after it. */
export interface Reply {
  text?: string | undefined;
  /** Length of the audio. Default: 60 ms a character. */
  audioMs?: number | undefined;
  calls?: readonly { name: string; arguments: unknown }[] | undefined;
  /** Stops in the middle, after so much audio: waits for `goOn`, or closes the connection. */
  stop?: { afterMs: number; closes?: boolean | undefined } | undefined;
  /** The response fails, with this error. */
  fails?: { code: string; message: string } | undefined;
}

/** What is answered. */
interface Asked {
  /** From 0, over all sessions of the server. */
  index: number;
  /** The model answers the caller by itself. */
  byItself: boolean;
  /** Of this response alone. */
  instructions: string;
}

/** What recognition makes of an utterance: words, or none (`fails`), or words when the test says so (`waits`). */
type Recognised = { text: string } | 'fails' | 'waits';

export interface ServerScript {
  /** Default: `All right.` */
  reply(asked: Asked): Reply;
  /** `index`: of the utterance, from 0, over all sessions. Default: `hello`. */
  recognise(index: number): Recognised;
  /** Event names from before general availability. */
  oldNames: boolean;
}

export const ordinaryScript: ServerScript = {
  reply: () => ({ text: 'All right.' }),
  recognise: () => ({ text: 'hello' }),
  oldNames: false,
};
