import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const packageFolder = new URL('../', import.meta.url);
const sources = readdirSync(new URL('src/', packageFolder), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);

it('the protocol imports zod and itself, nothing else', () => {
  expect(sources.length).toBeGreaterThan(20);
  for (const name of sources) {
    const text = readFileSync(new URL(`src/${name}`, packageFolder), 'utf8');
    const strangers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
      .map(([, specifier]) => specifier)
      .filter((specifier) => specifier !== 'zod' && !specifier?.startsWith('.'));
    expect(strangers, name).toEqual([]);
  }
});

it('the protocol depends on zod alone', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8'));
  expect(Object.keys(dependencies)).toEqual(['zod']);
});

it('the protocol is compiled without the types of Node and of browsers', () => {
  const base = readFileSync(new URL('../../tsconfig.base.json', packageFolder), 'utf8');
  expect(base).toContain('"lib": ["es2024"]');
  expect(base).toContain('"types": []');
  const own = readFileSync(new URL('tsconfig.json', packageFolder), 'utf8');
  expect(own).not.toMatch(/"(lib|types)"/);
});
