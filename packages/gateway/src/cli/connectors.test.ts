import { beforeEach, describe, expect, it } from 'vitest';
import { CommandLine, type Outcome } from './test/command-line.ts';

let parley: CommandLine;

beforeEach(() => {
  parley = new CommandLine();
});

/** Runs a line that must succeed. */
async function run(line: string): Promise<Outcome> {
  const outcome = await parley.run(line);
  expect([outcome.code, outcome.complaints]).toEqual([0, '']);
  expect(parley.openDatabases).toBe(0);
  return outcome;
}

describe('connector add', () => {
  it('prints a token that works, and keeps only its hash', async () => {
    const { printed } = await run('connector add web --host example.com');
    expect(printed).toEqual(['Connector "web" is made. What follows is not shown again.', 'token: ct_secret-1']);
    expect(await parley.server.byToken('ct_secret-1')).toMatchObject({
      id: 'web',
      agent: 'demo',
      account: 'default',
      project: 'default',
      hosts: [{ kind: 'domain', value: 'example.com' }],
      checkOrigin: false,
      maxConcurrentCalls: 100,
    });
    expect(JSON.stringify(await parley.store.list())).not.toContain('secret');
  });

  it('takes everything that a connector has', async () => {
    const line =
      'connector add web --agent demo --host https://example.com/ --host b.example --app com.example.app ' +
      '--account acme --project shop --api-key --call-token --check-origin --max-calls 7 --json';
    const { printed } = await run(line);
    const made = { id: 'web', token: 'ct_secret-1', webrtcToken: 'wt_secret-2', apiKey: 'ak_secret-3' };
    expect(printed.map((text) => JSON.parse(text))).toEqual([made]);
    expect(await parley.server.byApiKey('ak_secret-3')).toMatchObject({
      account: 'acme',
      project: 'shop',
      hosts: [
        { kind: 'domain', value: 'https://example.com/' },
        { kind: 'domain', value: 'b.example' },
        { kind: 'app', value: 'com.example.app' },
      ],
      checkOrigin: true,
      maxConcurrentCalls: 7,
    });
    expect(await parley.server.byCallToken('wt_secret-2')).toMatchObject({ id: 'web' });
  });

  it('says when nothing can come of it yet', async () => {
    const { printed } = await run('connector add web');
    expect(printed.at(-1)).toBe('It has no host yet, so messaging refuses it.');
  });

  it.each([
    ['connector add demo', 1, 'There is a connector "demo" already.'],
    ['connector add web --agent ada', 1, 'There is no agent "ada" (agents: demo).'],
    ['connector add', 2, 'Which connector?'],
    ['connector add a b', 2, 'One connector at a time, please.'],
    ['connector add a/b', 2, 'A connector is called by up to 64 letters, digits, dots, hyphens and underscores.'],
    ['connector add web --host ex..com', 2, '"ex..com" is no domain.'],
    ['connector add web --max-calls many', 2, '--max-calls needs a whole number.'],
    ['connector add web --colour red', 2, "Unknown option '--colour'"],
    ['connector add web --host', 2, "Option '--host <value>' argument missing"],
  ])('%s: code %i', async (line, code, complaint) => {
    const outcome = await parley.run(line);
    expect(outcome).toMatchObject({ code, printed: [], complaints: expect.stringContaining(complaint) });
    expect(outcome.complaints.includes('Usage: parley connector add <id>')).toBe(code === 2);
    expect(await parley.store.list()).toEqual([]);
    expect(parley.openDatabases).toBe(0);
  });

  it('refuses an id that is taken in the database', async () => {
    await run('connector add web');
    expect(await parley.run('connector add web')).toMatchObject({ code: 1, printed: [] });
    expect(await parley.server.byToken('ct_secret-1')).toBeDefined();
  });
});

describe('connector list', () => {
  it('shows the connectors of configuration and database, and no secret', async () => {
    await run('connector add web --host example.com --app com.example.app --account acme --project shop');
    const { printed } = await run('connector list');
    expect(printed).toEqual([
      'id    agent  account  project  hosts                            from',
      'demo  demo   demo     demo     localhost 127.0.0.1              configuration',
      'web   demo   acme     shop     example.com app:com.example.app  database',
    ]);
  });

  it.each(['json', 'jsonl'])('prints %s', async (format) => {
    const { printed } = await run(`connector list --format ${format}`);
    const text = printed.join('\n');
    expect(JSON.parse(format === 'json' ? text : `[${text}]`)).toEqual([
      {
        id: 'demo',
        agent: 'demo',
        account: 'demo',
        project: 'demo',
        hosts: ['localhost', '127.0.0.1'],
        from: 'configuration',
      },
    ]);
  });
});

describe('connector rotate', () => {
  beforeEach(() => run('connector add web --host example.com --api-key --call-token'));

  async function works(token: string): Promise<boolean> {
    return (await parley.server.byToken(token)) !== undefined;
  }

  it('replaces the token at once', async () => {
    const { printed } = await run('connector rotate web');
    expect(printed).toEqual(['Connector "web" is rotated. What follows is not shown again.', 'token: ct_secret-4']);
    expect([await works('ct_secret-1'), await works('ct_secret-4')]).toEqual([false, true]);
  });

  it('lets the old token work for as long as it is told', async () => {
    await run('connector rotate web --grace 15m');
    parley.time.advance(15 * 60_000 - 1);
    expect([await works('ct_secret-1'), await works('ct_secret-4')]).toEqual([true, true]);
    parley.time.advance(1);
    expect([await works('ct_secret-1'), await works('ct_secret-4')]).toEqual([false, true]);
  });

  it('never prolongs what was to end earlier, and forgets what has ended', async () => {
    await run('connector rotate web --grace 60s');
    await run('connector rotate web --grace 24h');
    parley.time.advance(60_000);
    expect([await works('ct_secret-1'), await works('ct_secret-4')]).toEqual([false, true]);
    await run('connector rotate web');
    const [stored] = await parley.store.list();
    expect(stored).toMatchObject({ tokens: [expect.any(String)], tokenExpiryMs: {} });
  });

  it('replaces an API key or a web-calling token, and leaves the rest', async () => {
    expect((await run('connector rotate web --api-key --json')).printed).toEqual([
      '{"id":"web","apiKey":"ak_secret-4"}',
    ]);
    expect((await run('connector rotate web --call-token')).printed.at(-1)).toBe('webrtcToken: wt_secret-5');
    expect(await works('ct_secret-1')).toBe(true);
    expect(await parley.server.byApiKey('ak_secret-3')).toBeUndefined();
    expect(await parley.server.byApiKey('ak_secret-4')).toBeDefined();
    expect(await parley.server.byCallToken('wt_secret-2')).toBeUndefined();
    expect(await parley.server.byCallToken('wt_secret-5')).toBeDefined();
  });

  it.each([
    ['connector rotate gone', 1, 'There is no connector "gone".'],
    ['connector rotate demo', 1, 'The connector "demo" is part of the configuration: change it there.'],
    ['connector rotate web --grace soon', 2, '--grace needs a duration such as 90s, 15m, 24h or 7d.'],
  ])('%s: code %i', async (line, code, complaint) => {
    expect(await parley.run(line)).toMatchObject({ code, complaints: expect.stringContaining(complaint) });
    expect(await works('ct_secret-1')).toBe(true);
  });
});

describe('connector remove', () => {
  it('ends a connector', async () => {
    await run('connector add web');
    expect((await run('connector remove web')).printed).toEqual(['Connector "web" is removed.']);
    expect(await parley.server.byToken('ct_secret-1')).toBeUndefined();
  });

  it.each([
    ['connector remove gone', 'There is no connector "gone".'],
    ['connector remove demo', 'The connector "demo" is part of the configuration: change it there.'],
  ])('%s is refused', async (line, complaint) => {
    expect(await parley.run(line)).toMatchObject({ code: 1, complaints: complaint });
  });
});
