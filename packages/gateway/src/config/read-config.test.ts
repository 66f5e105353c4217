import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from './read-config.ts';
import { configFolder } from './test/config-folder.ts';
import type { Env } from './variables.ts';

const SECRET = 'a secret of thirty-two characters';
const production = { PARLEY_ENV: 'production', PARLEY_SECRET: SECRET };

const { cwd, write, configOf, problemsOf } = configFolder();

const agent = `agents: { concierge: { chat: { provider: script, script: demo } } }`;

describe('without a file', () => {
  it('development has the demo, and listens on this machine only', () => {
    const config = configOf(undefined);
    expect(config).toMatchObject({
      environment: 'development',
      demo: true,
      server: { host: '127.0.0.1', port: 8080 },
      database: { path: join(cwd(), 'data/parley.db'), retentionDays: 30 },
      voice: { allowEcho: true, bindAddress: '127.0.0.1' },
      agents: { demo: { name: 'Ada', chat: { provider: 'script', script: 'demo' } } },
      handoff: { queues: { general: { name: 'General Support' }, support: { name: 'Support Queue' } } },
    });
    expect(config.connectors).toMatchObject([
      {
        id: 'demo',
        account: 'demo',
        project: 'demo',
        agent: 'demo',
        hosts: [
          { kind: 'domain', value: 'localhost' },
          { kind: 'domain', value: '127.0.0.1' },
        ],
      },
    ]);
  });

  it('development keeps a secret of its own, which survives restarts and which only its user can read', () => {
    const { secrets } = configOf(undefined);
    expect(secrets).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(configOf(undefined).secrets).toEqual(secrets);
    expect(readFileSync(join(cwd(), 'data/secret'), 'utf8')).toBe(secrets[0]);
    expect(statSync(join(cwd(), 'data/secret')).mode & 0o777).toBe(0o600);
  });

  it('a dry run writes nothing', () => {
    expect(readConfig({}, { cwd: cwd(), dryRun: true })).toMatchObject({ config: { secrets: [] } });
    expect(() => statSync(join(cwd(), 'data'))).toThrow('ENOENT');
  });

  it('production has nothing of the demo, and listens everywhere', () => {
    expect(configOf(undefined, production)).toMatchObject({
      environment: 'production',
      demo: false,
      server: { host: '0.0.0.0' },
      secrets: [SECRET],
      connectors: [],
      agents: {},
      handoff: { queues: {} },
      desk: { tokens: [] },
      voice: { allowEcho: false, bindAddress: '0.0.0.0' },
    });
  });

  it.each<[Env, string]>([
    [{ PARLEY_ENV: 'production' }, 'PARLEY_SECRET: is missing (required in production)'],
    [{ ...production, PARLEY_SECRET: 'short' }, 'PARLEY_SECRET: must have 32 characters or more in production'],
    [{ PARLEY_ENV: 'staging' }, 'PARLEY_ENV: must be development or production'],
    [{ PORT: 'abc' }, 'PORT: must be a number'],
    [{ PORT: '70000' }, 'PORT: must be 65535 or less'],
    [{ PORT: '80.5' }, 'PORT: must be a whole number'],
    [
      { DATABASE_URL: 'postgres://u@db/parley' },
      'DATABASE_URL: must start with file: (Parley keeps its data in SQLite)',
    ],
    [{ REDIS_URL: 'redis://cache' }, 'REDIS_URL: must not be set: Parley is one process, and forms no cluster'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be trace, debug, info, warn, error, fatal or silent'],
  ])('%j is refused', (env, problem) => {
    expect(problemsOf(undefined, env)).toEqual([problem]);
  });

  it('a file that is named must be there', () => {
    const result = readConfig({ PARLEY_CONFIG: 'nowhere.yaml' }, { cwd: cwd() });
    expect(result).toEqual({ problems: [`there is no file ${join(cwd(), 'nowhere.yaml')}`] });
  });
});

/** What is left of a tree without its texts. */
function numbersAndSwitches(value: object): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => typeof member !== 'string')
      .map(([key, member]: [string, unknown]) => [
        key,
        typeof member === 'object' && member !== null ? numbersAndSwitches(member) : member,
      ]),
  );
}

describe('a whole file', () => {
  const whole = readFileSync(new URL('test/whole.yaml', import.meta.url), 'utf8');
  const env = { ...production, WEB_TOKEN: 'web-token', WEB_CALL_TOKEN: 'call', CHAT_KEY: 'key', TURN_SECRET: 't' };

  it('is understood, every key of it', () => {
    for (const name of ['cert.pem', 'key.pem', 'concierge.yaml', 'secrets/model-key']) write(name, 'content\n');
    expect(configOf(whole, env)).toMatchObject({
      server: {
        host: '127.0.0.1',
        publicUrl: 'https://talk.example.com',
        tls: { cert: join(cwd(), 'cert.pem'), key: join(cwd(), 'key.pem') },
      },
      connectors: [
        {
          id: 'web',
          account: 'acme',
          project: 'shop',
          hosts: [
            { kind: 'domain', value: 'example.com' },
            { kind: 'app', value: 'com.example.app' },
          ],
          contextKeys: [{ kid: 'k1', secret: 'as it is' }],
        },
      ],
      agents: {
        concierge: {
          name: 'Ada',
          chat: { provider: 'script', file: join(cwd(), 'concierge.yaml') },
          handoff: { kind: 'desk', queue: 'general' },
          voice: { endToEnd: { provider: 'openai-realtime', model: 'gpt-realtime' } },
          variants: { formal: { name: 'Ms Lovelace', language: 'en-GB' } },
          builds: { draft: { artifactVersion: 'a1', lambdaDeploymentVersion: 'l1', name: 'Ada (draft)' } },
        },
        model: {
          chat: { provider: 'llm', model: 'anthropic/claude', apiKey: 'content', tools: ['handoff', 'end'] },
          handoff: { kind: 'client', queue: 'support', route: 'https://example.com/support' },
        },
        elsewhere: {
          name: 'elsewhere',
          chat: { provider: 'webhook', url: 'https://agent.example.com/turn' },
          handoff: { kind: 'webhook', queue: 'A queue elsewhere', timeoutMs: 5000, maxTries: 3 },
          variants: { chatwoot: { handoff: { kind: 'chatwoot', baseUrl: 'https://chatwoot.example.com' } } },
        },
      },
      handoff: {
        queues: {
          general: { name: 'General Support', timeoutSeconds: 302, afterHuman: 'agent', afterVanish: 'queue' },
          support: { name: 'Support Queue', timeoutSeconds: 61, afterCancel: 'end', afterVanish: 'agent' },
        },
      },
      voice: {
        ice: { turn: { secrets: ['t'], ttlSeconds: 86_402 } },
        portRange: [40_002, 49_998],
        recording: { directory: join(cwd(), 'data/calls'), announcement: 'We record this call.' },
      },
      log: { level: 'warn' },
    });
  });

  it('is read key by key: every number and switch is where it was written', () => {
    for (const name of ['cert.pem', 'key.pem', 'concierge.yaml', 'secrets/model-key']) write(name, 'content\n');
    const config = configOf(whole, env);
    const written = parse(whole.replace('{ file: ./secrets/model-key }', 'content')) as Record<
      string,
      Record<string, object>
    >;
    expect(numbersAndSwitches(config)).toMatchObject(numbersAndSwitches({ ...written, demo: false }));
    expect(config.sessions).toEqual(written['sessions']);
    expect(config.limits).toEqual(written['limits']);
  });

  it('holds its connector tokens as hashes only', () => {
    for (const name of ['cert.pem', 'key.pem', 'concierge.yaml', 'secrets/model-key']) write(name, 'content\n');
    const [connector] = configOf(whole, env).connectors;
    expect(connector?.tokens).toEqual(['671391faf68e509ca4ec48ccb0690453e9b82c2fa48273703233d60b52b9640d']);
    expect(JSON.stringify(connector)).not.toContain('web-token');
  });
});

describe('layers', () => {
  const file = `{ server: { port: 9000, host: localhost }, log: { level: warn }, database: { url: "file:/a.db" } }`;

  it('the file beats defaults', () => {
    expect(configOf(file)).toMatchObject({ server: { port: 9000, host: 'localhost' }, database: { path: '/a.db' } });
  });

  it('the environment beats the file', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      LOG_LEVEL: 'debug',
      DATABASE_URL: 'file:/b.db',
    };
    expect(configOf(file, env)).toMatchObject({
      server: { port: 0, host: '::1' },
      log: { level: 'debug' },
      database: { path: '/b.db' },
    });
  });

  it('an empty variable counts as none', () => {
    expect(configOf(file, { PORT: '', PARLEY_ENV: '' }).server.port).toBe(9000);
  });

  it('a secret may stand in a file that a variable names', () => {
    write('mounted', `${SECRET}\n`);
    expect(configOf(undefined, { PARLEY_ENV: 'production', PARLEY_SECRET_FILE: 'mounted' }).secrets).toEqual([SECRET]);
    expect(problemsOf(undefined, { PARLEY_SECRET_FILE: 'gone' })).toEqual([
      `PARLEY_SECRET_FILE: there is no file ${join(cwd(), 'gone')}`,
    ]);
  });

  it('PARLEY_SECRET signs, the file’s secrets still verify, and the file may order them otherwise', () => {
    expect(configOf('secrets: [old]', { PARLEY_SECRET: 'new' }).secrets).toEqual(['new', 'old']);
    expect(configOf('secrets: [newest, "${PARLEY_SECRET}"]', { PARLEY_SECRET: 'new' }).secrets).toEqual([
      'newest',
      'new',
    ]);
  });

  it.each([
    ['file:./x.db', '/sub/x.db'],
    ['file:x.db', '/sub/x.db'],
    ['file:///tmp/x.db', '/tmp/x.db'],
  ])('the database %s lies where the process runs', (url, path) => {
    const result = readConfig({ DATABASE_URL: url }, { cwd: '/sub', dryRun: true });
    expect(result).toMatchObject({ config: { database: { path } } });
  });
});

describe('times of sessions', () => {
  const timesOf = (written: string): unknown[] => {
    const { sessions } = configOf(`sessions: { ${written} }`);
    return [sessions.heartbeatIntervalSeconds, sessions.idleTimeoutSeconds, sessions.abandonedAfterSeconds];
  };

  it.each<[string, number[]]>([
    ['', [30, 600, 7200]],
    ['idleTimeoutSeconds: 60', [20, 60, 7200]],
    ['idleTimeoutSeconds: 0.5', [1, 0.5, 7200]],
    ['idleTimeoutSeconds: 86400', [30, 86_400, 86_400]],
    ['abandonedAfterSeconds: 30', [10, 30, 30]],
    ['heartbeatIntervalSeconds: 45, idleTimeoutSeconds: 60, abandonedAfterSeconds: 60', [45, 60, 60]],
  ])('what is not written gives way to what is: %s', (written, times) => {
    expect(timesOf(written)).toEqual(times);
  });
});

describe('the demo', () => {
  it('is added to what the file says', () => {
    const config = configOf(`connectors: [ { id: web, token: t, agent: concierge } ]\n${agent}`);
    expect(config.connectors.map(({ id }) => id)).toEqual(['web', 'demo']);
    expect(Object.keys(config.agents)).toEqual(['demo', 'concierge']);
    expect(config.desk.tokens).toHaveLength(1);
  });

  it('stays away when the file says so', () => {
    const config = configOf('demo: false');
    expect([config.demo, config.connectors, config.agents, config.desk.tokens]).toEqual([false, [], {}, []]);
  });

  it('stays away from production, whatever the file says', () => {
    const config = configOf('demo: true', production);
    expect([config.demo, config.connectors, config.agents]).toEqual([false, [], {}]);
  });

  it('gives way to the file’s own demo', () => {
    const config = configOf(`
connectors: [ { id: mine, token: parley-demo-token, agent: demo } ]
agents: { demo: { name: Bob, chat: { provider: script, script: demo } } }
handoff: { queues: { general: { name: Everybody } } }`);
    expect(config.connectors.map(({ id }) => id)).toEqual(['mine']);
    expect(config.agents['demo']).toMatchObject({ name: 'Bob', handoff: { kind: 'none' } });
    expect(config.handoff.queues).toMatchObject({ general: { name: 'Everybody' }, support: { name: 'Support Queue' } });
  });
});

describe('references to the surroundings', () => {
  it('a variable may stand anywhere, also where a number or a truth value is asked for', () => {
    const yaml =
      'server: { port: "${P}", publicUrl: "https://${NAME}.example.com" }\nvoice: { strictModes: "${STRICT}" }';
    const config = configOf(yaml, { P: '8081', NAME: 'talk', STRICT: 'true' });
    expect(config.server).toMatchObject({ port: 8081, publicUrl: 'https://talk.example.com' });
    expect(config.voice.strictModes).toBe(true);
  });

  it('text of digits stays text where text is asked for', () => {
    expect(configOf('secrets: [ "${S}" ]', { S: '12345' }).secrets).toEqual(['12345']);
  });

  it('a quoted number in the file is no number', () => {
    expect(problemsOf('server: { port: "8081" }')).toEqual(['server.port: must be a number (line 1)']);
  });

  it('two dollars keep a reference as it is', () => {
    expect(configOf('secrets: [ "$${S}" ]', { S: 'filled' }).secrets).toEqual(['${S}']);
  });

  it('a variable may come from a file, and a secret from one beside the configuration', () => {
    write('deep/parley.yaml', 'secrets: [ "${S}", { file: ./own } ]');
    write('deep/own', 'second\n');
    write('mounted', 'first\n');
    const result = readConfig({ PARLEY_CONFIG: 'deep/parley.yaml', S_FILE: 'mounted' }, { cwd: cwd() });
    expect(result).toMatchObject({ config: { secrets: ['first', 'second'] } });
  });

  it('what is not there is said once', () => {
    expect(problemsOf('secrets: [ "${S}", { file: ./own } ]')).toEqual([
      'secrets[0]: the variable S is not set (line 1)',
      `secrets[1]: there is no file ${join(cwd(), 'own')} (line 1)`,
    ]);
  });

  it('lends the OpenAI credentials to agents of that vendor that have none, and to nobody else', () => {
    const chat = (more: string): string => `{ chat: { provider: llm, instructions: hi, ${more} } }`;
    const { agents } = configOf(
      `agents:
  plain: ${chat('model: openai/a')}
  own: ${chat('model: openai/a, apiKey: mine')}
  elsewhere: ${chat('model: openai/a, baseUrl: "http://127.0.0.1:1/v1"')}
  other: ${chat('model: google/a, apiKey: theirs')}`,
      { OPENAI_API_KEY: 'lent', OPENAI_BASE_URL: 'https://proxy.example.com/v1' },
    );
    const of = (id: string): unknown => agents[id]?.chat;
    expect(of('plain')).toMatchObject({ apiKey: 'lent', baseUrl: 'https://proxy.example.com/v1' });
    expect(of('own')).toMatchObject({ apiKey: 'mine', baseUrl: 'https://proxy.example.com/v1' });
    expect(of('elsewhere')).toEqual(expect.not.objectContaining({ apiKey: expect.anything() }));
    expect(of('other')).toEqual(expect.not.objectContaining({ baseUrl: expect.anything() }));
  });
});
