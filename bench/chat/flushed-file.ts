// A file that texts are written to until they are on the disk: the least that durability costs on a machine. Texts that
// come while the disk works wait for the next turn together. It can't be read back.
import { randomUUID } from 'node:crypto';
import { fdatasync, fsyncSync, openSync, unlinkSync, write, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE_BYTES = 32 * 1024 * 1024;

interface Text {
  text: string;
  done: () => void;
}

/** Answers a function that takes a text, and calls `done` once it is on the disk. */
export function openFlushedFile(): (text: string, done: () => void) => void {
  const file = openWrittenFile();
  let waiting: Text[] = [];
  let busy = false;
  let position = 0;

  function flush(): void {
    if (busy || waiting.length === 0) return;
    busy = true;
    const group = waiting;
    waiting = [];
    const bytes = Buffer.from(group.map(({ text }) => text).join('\n'));
    if (position + bytes.length > SIZE_BYTES) position = 0;
    const start = position;
    position += bytes.length;
    write(file, bytes, 0, bytes.length, start, (writeError) => {
      if (writeError) throw writeError;
      fdatasync(file, (syncError) => {
        if (syncError) throw syncError;
        busy = false;
        flush();
        for (const { done } of group) done();
      });
    });
  }

  return (text, done) => {
    waiting.push({ text, done });
    flush();
  };
}

/** A file that has its full size: to write where something was takes the disk one step less than to make a file longer. */
function openWrittenFile(): number {
  const path = join(tmpdir(), `parley-bench-${randomUUID()}`);
  const file = openSync(path, 'w');
  // Nobody reads it, so it needs no name.
  unlinkSync(path);
  writeSync(file, Buffer.alloc(SIZE_BYTES, ' '));
  fsyncSync(file);
  return file;
}
