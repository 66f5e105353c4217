// A WebSocket as the client needs it: four events, two methods.

/** What a socket tells its owner. `closed` comes once and last, for a refused handshake too (code 1006). */
export interface SocketEvents {
  opened(): void;
  /** One text frame. */
  received(text: string): void;
  closed(code: number): void;
}

/** One connection. After `close` nothing of it is heard any more. */
export interface Socket {
  send(text: string): void;
  close(code: number): void;
}

/** Opens a connection. Never throws: what goes wrong is told through `closed`. */
export type OpenSocket = (url: string, events: SocketEvents) => Socket;

/** Opens the platform's own WebSocket. */
export const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url);
  const listening = new AbortController();
  const { signal } = listening;
  socket.addEventListener('open', () => events.opened(), { signal });
  socket.addEventListener('close', (event) => events.closed(event.code), { signal });
  socket.addEventListener(
    'message',
    (event) => {
      if (typeof event.data === 'string') events.received(event.data);
    },
    { signal },
  );
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close(code) {
      listening.abort();
      socket.close(code);
    },
  };
};
