import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clientEventSchema } from './client-events.ts';
import { closeCodes } from './close-codes.ts';
import { deskCommandSchemas } from './desk/desk-commands.ts';
import { deskErrors } from './desk/desk-errors.ts';
import { deskEventSchemas } from './desk/desk-events.ts';
import { restErrors } from './rest-errors.ts';
import { journaledEventSchema, serverOnlyTypes, transientEventSchema } from './server-events.ts';
import { signalErrors } from './signaling-errors.ts';
import { offerSchema, serverSignalSchema } from './signaling-messages.ts';
import { callModeNames } from './signaling-modes.ts';
import { systemTexts } from './system-messages.ts';
import { wireMember, wireType } from './wire-names.ts';

const spec = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8');

/** The table rows of a section, up to the next heading. */
function rowsOf(heading: string): string[] {
  const section = spec.slice(spec.indexOf(`\n${heading}\n`)).slice(heading.length + 1);
  const end = section.search(/\n#+ /);
  return section
    .slice(0, end === -1 ? undefined : end)
    .split('\n')
    .filter((line) => line.startsWith('|'));
}

describe('SPEC.md', () => {
  it('has every rule once, in order', () => {
    const ids = [...spec.matchAll(/^- MSG-(\d{3}) /gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 119 }, (_, index) => index + 1));
  });

  it('has every rule of voice once, in order, with the gaps between its chapters', () => {
    const ids = [...spec.matchAll(/^- VOX-(\d{3}) /gm)].map(([, id]) => Number(id));
    const chapters = [
      [1, 25],
      [30, 43],
      [50, 60],
      [65, 78],
      [80, 88],
      [90, 102],
      [110, 120],
    ] as const;
    expect(ids).toEqual(
      chapters.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)),
    );
  });

  it('says each rule in one sentence', () => {
    for (const [rule] of spec.matchAll(/^- (?:MSG|VOX)-.*$/gm)) expect(rule).toMatch(/^- \w{3}-\d{3} [^\n]+[.]$/);
  });

  it.each([
    ['### From clients', clientEventSchema],
    ['### From servers, journaled', journaledEventSchema],
    ['### From servers, transient', transientEventSchema],
  ] as const)('has every event and every member in the table "%s"', (heading, events) => {
    const rows = rowsOf(heading);
    for (const schema of events.options) {
      const { type, ...members } = schema.shape;
      const name = wireType(type.value).replace('EVENT_TYPE_', '');
      const row = rows.find((line) => line.split('|')[1]?.trim() === `\`${name}\``);
      expect(row, name).toBeDefined();
      for (const member of Object.keys(members)) expect(row, name).toContain(`\`${wireMember(member)}\``);
    }
  });

  it('names every type that only servers send', () => {
    for (const type of serverOnlyTypes) expect(spec).toContain(`\`${wireType(type).replace('EVENT_TYPE_', '')}\``);
  });

  it('has every error text with its status', () => {
    const errors = rowsOf('## Errors').join('\n');
    for (const { status, text } of Object.values(restErrors)) {
      expect(errors).toMatch(new RegExp(`${status} [^|;]*\`${text}\``));
    }
  });

  it('has every system message', () => {
    for (const text of Object.values(systemTexts)) expect(rowsOf('## Errors').join('\n')).toContain(`\`${text}\``);
  });

  it('has every close code', () => {
    const codes = rowsOf('## Close codes').flatMap((row) => /^\| (\d{4}) /.exec(row)?.[1] ?? []);
    expect(codes.map(Number)).toEqual(Object.values(closeCodes));
  });

  it('has every message of signaling with its members', () => {
    const rows = rowsOf('## Signaling messages');
    const messages = [
      ['client', offerSchema] as const,
      ...serverSignalSchema.options.map((one) => ['server', one] as const),
    ];
    for (const [side, schema] of messages) {
      const { type, ...members } = schema.shape;
      const name = `\`${type.value}\``;
      const row = rows.find((line) => line.split('|')[1]?.trim() === side && line.split('|')[2]?.trim() === name);
      expect(row, name).toBeDefined();
      for (const member of Object.keys(members)) expect(row, name).toContain(`\`${member}\``);
    }
  });

  it('has every name of a mode', () => {
    const rows = rowsOf('## Modes of a call');
    for (const [name, mode] of Object.entries(callModeNames)) {
      const row = rows.find((line) => line.split('|')[1]?.trim() === `\`${mode}\``);
      expect(row?.split('|')[2], name).toContain(`\`${name}\``);
    }
  });

  it('has every error of signaling', () => {
    const rows = rowsOf('## Signaling errors');
    for (const { code, message } of Object.values(signalErrors)) {
      expect(
        rows.find((line) => line.split('|')[1]?.trim() === `\`${code}\``),
        message,
      ).toContain(`\`${message}\``);
    }
  });

  it('has every command of the desk with its members', () => {
    const rows = rowsOf('## Commands of the desk');
    expect(rows).toHaveLength(deskCommandSchemas.length + 2);
    for (const { shape } of deskCommandSchemas) {
      const row = rows.find((line) => line.split('|')[1]?.trim() === `\`${shape.type.value}\``);
      const members = Object.keys(shape).filter((name) => !['type', 'commandId', 'sessionId'].includes(name));
      for (const member of members) expect(row, shape.type.value).toContain(`\`${wireMember(member)}\``);
    }
  });

  it('has every kind of news of the desk', () => {
    const named = rowsOf('## The feed').flatMap((row) => /^\| `([a-z-]+)`/.exec(row)?.[1] ?? []);
    expect(named).toEqual(deskEventSchemas.map(({ shape }) => shape.type.value));
  });

  it('has every error of the desk with its status', () => {
    const errors = rowsOf('## Errors of the desk').join('\n');
    for (const { status, code } of Object.values(deskErrors)) {
      expect(errors).toMatch(new RegExp(`\\| \`${code}\` +\\| ${status} `));
    }
  });
});
