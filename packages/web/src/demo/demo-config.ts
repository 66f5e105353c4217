// What the gateway tells the demo page about itself.

/** How the page reaches the demo agent. */
export interface DemoConfig {
  token: string;
  /** What calls are made with; absent where the gateway takes none. */
  webCallingToken: string | undefined;
  /** Origin of the server. */
  baseUrl: string;
  agentName: string;
}

/** The configuration, `off` where the gateway shows no demo, `unreachable` when it doesn't answer. */
export type DemoState = DemoConfig | 'off' | 'unreachable';

/** Asks the gateway that served the page. An empty base address there means: the page's own origin. */
export async function loadDemoConfig(fetch: typeof globalThis.fetch, origin: string): Promise<DemoState> {
  try {
    const response = await fetch('/demo/config.json', { headers: { Accept: 'application/json' } });
    if (response.status === 404) return 'off';
    if (!response.ok) return 'unreachable';
    return readConfig(await response.json(), origin) ?? 'off';
  } catch {
    return 'unreachable';
  }
}

function readConfig(body: unknown, origin: string): DemoConfig | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { token, webCallingToken, baseUrl, agentName } = body as Partial<Record<keyof DemoConfig, unknown>>;
  if (typeof token !== 'string' || token === '') return undefined;
  return {
    token,
    webCallingToken: typeof webCallingToken === 'string' && webCallingToken !== '' ? webCallingToken : undefined,
    baseUrl: typeof baseUrl === 'string' && baseUrl !== '' ? baseUrl : origin,
    agentName: typeof agentName === 'string' && agentName !== '' ? agentName : 'the agent',
  };
}
