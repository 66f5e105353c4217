import { expect, it } from 'vitest';
import { sameAccount, sameProject, tenantHash } from './tenant.ts';

it('accounts and projects are the same with and without their prefixes', () => {
  expect([sameAccount('acme', 'ws-acme'), sameAccount('ws-acme', 'ws-acme'), sameAccount('acme', 'acne')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([sameProject('PROJECT-shop', 'shop'), sameProject('shop', 'ws-shop'), sameProject('shop', 'Shop')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('the hash of a project is steady, names nobody, and is its own', () => {
  const hash = tenantHash({ account: 'acme', project: 'shop' });
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(tenantHash({ account: 'acme', project: 'shop' })).toBe(hash);
  expect(tenantHash({ account: 'acmes', project: 'hop' })).not.toBe(hash);
});
