import { describe, expect, it } from 'vitest';
import { memoryStorage } from './ports/storage.ts';
import type { Storage } from './ports/storage.ts';
import { savedSession } from './saved-session.ts';

const here = { baseUrl: 'https://chat.example', token: 'ct_1', host: 'shop.example' };
const session = { sessionId: 's1', accessToken: 'a.b.c' };

describe('saved session', () => {
  it('is found again by the next page, and gone when forgotten', () => {
    const storage = memoryStorage();
    savedSession(storage, here).save(session);
    const next = savedSession(storage, here);
    expect(next.load()).toEqual(session);
    next.forget();
    expect(next.load()).toBeUndefined();
  });

  it('belongs to one server and one connector', () => {
    const storage = memoryStorage();
    savedSession(storage, here).save(session);
    expect(savedSession(storage, { ...here, token: 'ct_2' }).load()).toBeUndefined();
    expect(savedSession(storage, { ...here, baseUrl: 'https://other.example' }).load()).toBeUndefined();
  });

  it.each(['{not json', '"text"', 'null', '{"sessionId":1,"accessToken":"a"}'])('%s is no session', (text) => {
    const storage: Storage = { ...memoryStorage(), getItem: () => text };
    expect(savedSession(storage, here).load()).toBeUndefined();
  });

  it('a storage that is forbidden costs only the memory', () => {
    const forbidden = (): never => {
      throw new Error('denied');
    };
    const saved = savedSession({ getItem: forbidden, setItem: forbidden, removeItem: forbidden }, here);
    saved.save(session);
    saved.forget();
    expect(saved.load()).toBeUndefined();
  });
});
