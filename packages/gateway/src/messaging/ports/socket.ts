// One client's socket, whatever library holds it.

/** The writing side of a socket. None of its methods throws, on a closed socket neither. */
export interface Socket {
  send(text: string): void;
  /** Begins the closing handshake. */
  close(code: number, reason: string): void;
  /** Drops the connection without a handshake. */
  terminate(): void;
  /** Bytes accepted by `send` that the network hasn't taken yet. */
  readonly bufferedBytes: number;
}
