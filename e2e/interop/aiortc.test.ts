// A call by a WebRTC stack that is neither a browser's nor our own: aiortc, as Debian has it.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalGateway } from '../local-gateway.ts';

/** Debian's, which knows Debian's packages. */
const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('aiortc-echo.py', import.meta.url));
const TOKEN = 'parley-demo-webrtc-token';

const gateway = new LocalGateway();

beforeAll(() => gateway.start());
afterAll(() => gateway.remove());

it('aiortc connects, sends a tone and hears it come back', async () => {
  const address = `ws://127.0.0.1:${gateway.port}/api/v1/webrtc/signal`;
  const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, address, TOKEN]);
  expect(JSON.parse(stdout)).toEqual({ state: 'connected', toneFrames: 50 });
});
