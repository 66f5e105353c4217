// A client's socket that remembers what it was given.
import { decodeServerFrame } from '@parley/protocol';
import type { Envelope } from '@parley/protocol';
import type { Socket } from '../ports/socket.ts';

/** A socket without a network. */
export class RecordingSocket implements Socket {
  /** Frames as they were sent. */
  readonly frames: string[] = [];
  closedWith: { code: number; reason: string } | null = null;
  terminated = false;
  /** What the network has not taken. */
  bufferedBytes = 0;

  send(text: string): void {
    if (this.closedWith) throw new Error('something was sent after the close');
    this.frames.push(text);
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason };
  }

  terminate(): void {
    this.terminated = true;
  }

  /** Everything that was shown, the events of batches one by one. */
  get events(): Envelope[] {
    return this.frames.flatMap((frame) => decodeServerFrame(frame) ?? []);
  }

  /** The events as lines: `2 user-message` when they are kept, `~ heartbeat` when not; system messages by their text. */
  get lines(): string[] {
    return this.events.map(({ sequence, event }) => {
      const name = event.type === 'system-message' ? event.message : event.type;
      return `${sequence ?? '~'} ${name}`;
    });
  }
}
