import { basename, join, normalize } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partSuffix, recordingName, startOfRecording } from './recording-name.ts';

describe('the name of a recording', () => {
  it("tells the call's beginning and its id", () => {
    const name = recordingName({ callId: '0197-ab_C', startedMs: Date.UTC(2026, 10, 21, 7, 5, 9, 999) });
    expect(name).toBe('2026-11-21T07-05-09Z_0197-ab_C.opus');
    expect(startOfRecording(name)).toBe(Date.UTC(2026, 10, 21, 7, 5, 9));
    expect(startOfRecording(name + partSuffix)).toBe(Date.UTC(2026, 10, 21, 7, 5, 9));
  });

  it.each(['../../etc/passwd', '..', '/root', 'a/b', 'a\\b', 'nul\0', '.'])(
    'stays in its folder with the id %j',
    (id) => {
      const name = recordingName({ callId: id, startedMs: 0 });
      expect(basename(name)).toBe(name);
      expect(name).not.toMatch(/[/\\\0]/);
      expect(normalize(join('/recordings', name))).toBe(`/recordings/${name}`);
    },
  );

  it('is another one for every id', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [first, second] = [one, other].map((callId) => recordingName({ callId, startedMs: 0 }));
        expect(first === second).toBe(one === other);
      }),
    );
  });

  it.each([
    'notes.txt',
    'song.opus',
    '2026-11-21T07-05-09Z_.opus',
    '2026-11-21T07-05-09Z_a.opus.txt',
    '2026-99-21T07-05-09Z_a.opus',
    'x2026-11-21T07-05-09Z_a.opus',
  ])('is not %s', (name) => {
    expect(startOfRecording(name)).toBeUndefined();
  });
});
