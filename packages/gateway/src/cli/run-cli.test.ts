import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from './test/command-line.ts';

describe('help', () => {
  it.each(['help', '--help', '-h', 'help me', 'nonsense --help'])('parley %s lists every command', async (line) => {
    const { code, printed, complaints } = await new CommandLine().run(line);
    expect([code, complaints]).toEqual([0, '']);
    expect(printed[0]).toBe('Usage: parley <command> [options]');
    for (const name of ['connector add', 'connector list', 'connector rotate', 'connector remove', 'config check']) {
      expect(printed.join('\n')).toContain(`parley ${name}`);
    }
  });

  it.each(['connector add --help', 'connector add web -h', 'help connector add'])(
    'parley %s explains',
    async (line) => {
      const { code, printed } = await new CommandLine().run(line);
      expect(code).toBe(0);
      expect(printed[0]).toMatch(/^Usage: parley connector add <id>/);
      expect(printed.join('\n')).toContain('--host <domain>');
    },
  );

  it('parley connector --help lists what there is about connectors', async () => {
    const { code, printed } = await new CommandLine().run('connector --help');
    expect(code).toBe(0);
    expect(printed.filter((text) => text.startsWith('  parley')).every((text) => text.includes(' connector '))).toBe(
      true,
    );
  });

  it.each([
    ['', ''],
    ['nonsense', 'There is no command "nonsense".'],
    ['connector', 'There is no command "connector".'],
    ['connector paint', 'There is no command "connector paint".'],
  ])('parley %s: code 2, and the help goes to the standard error', async (line, complaint) => {
    const { code, printed, complaints } = await new CommandLine().run(line);
    expect([code, printed]).toEqual([2, []]);
    expect(complaints).toContain(complaint);
    expect(complaints).toContain('Usage: parley <command>');
  });
});

describe('config check', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
    writeFileSync(join(folder, 'good.yaml'), 'agents: { a: { chat: { provider: script, script: demo } } }');
    writeFileSync(join(folder, 'bad.yaml'), 'connectors: [ { id: web, token: t, agent: ada } ]\nserver: { prot: 1 }');
    writeFileSync(join(folder, 'script.yaml'), 'intentions: []');
    writeFileSync(join(folder, 'scripted.yaml'), 'agents: { a: { chat: { provider: script, file: script.yaml } } }');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is content with a good file, and with none', async () => {
    const good = 'The configuration is good (development, connectors: 1, agents: ';
    expect((await new CommandLine().run('config check')).printed).toEqual([`${good}1).`]);
    expect((await new CommandLine().run(['config', 'check', join(folder, 'good.yaml')])).printed).toEqual([
      `${good}2).`,
    ]);
    const env = { PARLEY_CONFIG: join(folder, 'good.yaml') };
    expect((await new CommandLine(env).run('config check')).printed).toEqual([`${good}2).`]);
  });

  it('says what is wrong, line by line', async () => {
    const { code, printed, complaints } = await new CommandLine().run(['config', 'check', join(folder, 'bad.yaml')]);
    expect([code, printed]).toEqual([1, []]);
    expect(complaints.split('\n')).toEqual([
      'connectors[0].agent: there is no agent "ada" (agents: demo) (line 1)',
      'server.prot: unknown key (line 2)',
    ]);
  });

  it('reads the scripts too', async () => {
    const outcome = await new CommandLine().run(['config', 'check', join(folder, 'scripted.yaml')]);
    expect(outcome.code).toBe(1);
    expect(outcome.complaints).toMatch(/^agents\.a\.chat: script\.yaml: /);
  });

  it('tells a missing secret in production', async () => {
    const { code, complaints } = await new CommandLine({ PARLEY_ENV: 'production' }).run('config check');
    expect([code, complaints]).toEqual([1, 'PARLEY_SECRET: is missing (required in production)']);
  });
});
