import { describe, expect, it } from 'vitest';
import { loadDemoConfig } from './demo-config.ts';
import type { DemoState } from './demo-config.ts';

function load(answer: () => Response): Promise<DemoState> {
  return loadDemoConfig(async () => answer(), 'http://127.0.0.1:8080');
}

describe('demo configuration', () => {
  it("an empty base address is the page's own origin", async () => {
    const config = {
      token: 'parley-demo-token',
      webCallingToken: 'parley-demo-webrtc-token',
      baseUrl: '',
      agentName: 'Ada',
    };
    expect(await load(() => Response.json(config))).toEqual({ ...config, baseUrl: 'http://127.0.0.1:8080' });
  });

  it('another base address is kept', async () => {
    const config = { token: 't', webCallingToken: 'w', baseUrl: 'https://chat.example', agentName: 'Ada' };
    expect(await load(() => Response.json(config))).toEqual(config);
  });

  it('without a token for calls there are none', async () => {
    const config = { token: 't', baseUrl: '', agentName: 'Ada' };
    expect(await load(() => Response.json(config))).toMatchObject({ token: 't', webCallingToken: undefined });
  });

  it('404 means that the demo is off', async () => {
    expect(await load(() => new Response('', { status: 404 }))).toBe('off');
  });

  it('a configuration without a token is none', async () => {
    expect(await load(() => Response.json({ baseUrl: '' }))).toBe('off');
    expect(await load(() => Response.json(null))).toBe('off');
  });

  it('a server that fails or is away may come back', async () => {
    expect(await load(() => new Response('', { status: 503 }))).toBe('unreachable');
    expect(await load(() => new Response('<html>'))).toBe('unreachable');
    const away = (): never => {
      throw new TypeError('fetch failed');
    };
    expect(await load(away)).toBe('unreachable');
  });
});
