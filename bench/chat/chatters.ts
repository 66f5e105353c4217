// Many clients in one process, cheap enough not to be what is measured: they send user messages and time the
// echoes. The same code drives both servers.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A client that is connected and may have one message under way. */
export interface Chatter {
  socket: WebSocket;
  sentAtMs: number;
  echoed: (() => void) | undefined;
}

/** The bytes that mark an echo, on either server. */
const ECHO_MARK = Buffer.from('"type":"EVENT_TYPE_USER_MESSAGE"');
let sent = 0;

/** Connects to a URL and waits until the socket is open. */
export async function connect(url: string): Promise<Chatter> {
  const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
  const chatter: Chatter = { socket, sentAtMs: 0, echoed: undefined };
  socket.on('message', (data: Buffer) => {
    if (chatter.echoed && data.includes(ECHO_MARK)) chatter.echoed();
  });
  await once(socket, 'open');
  return chatter;
}

/** Sends one user message as a browser client would; the chatter's `echoed` is called when it comes back. */
function say(chatter: Chatter, text: string): void {
  sent += 1;
  chatter.sentAtMs = performance.now();
  chatter.socket.send(
    `{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":"${text}"},"metadata":{"custom":{"client_event_id":"bench-${sent}"}}}`,
  );
}

/** Every chatter says something once per second, evenly spread, for `seconds`; answers echo times in ms. */
export async function atOnePerSecond(chatters: readonly Chatter[], seconds: number): Promise<number[]> {
  const samples: number[] = [];
  for (const chatter of chatters) chatter.echoed = () => void samples.push(performance.now() - chatter.sentAtMs);
  const total = chatters.length * seconds;
  const startMs = performance.now();
  for (let count = 0; count < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * chatters.length));
    for (; count < due; count++) say(chatters[count % chatters.length] as Chatter, 'Do you deliver on Sundays?');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (samples.length < total) await new Promise((resolve) => setTimeout(resolve, 5));
  return samples;
}

/** Every chatter sends its next message as soon as the last one is echoed; answers echoes per second. */
export async function saturated(chatters: readonly Chatter[], seconds: number): Promise<number> {
  let echoes = 0;
  let running = true;
  for (const chatter of chatters) {
    chatter.echoed = () => {
      echoes += 1;
      if (running) say(chatter, 'Do you deliver on Sundays?');
    };
  }
  for (const chatter of chatters) say(chatter, 'Do you deliver on Sundays?');
  await pause(1000);
  const fromMs = performance.now();
  const before = echoes;
  await pause(seconds * 1000);
  const perSecond = (echoes - before) / ((performance.now() - fromMs) / 1000);
  running = false;
  await pause(500);
  return perSecond;
}

/** Closes all sockets. */
export function disconnect(chatters: readonly Chatter[]): void {
  for (const { socket } of chatters) socket.terminate();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
