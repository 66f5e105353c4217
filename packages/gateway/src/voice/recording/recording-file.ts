// The file of one recording. It has a temporary name until it is complete, and is there from its first bytes on.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { partSuffix } from './recording-name.ts';

/** A file that is being written. Its methods are called one at a time, and reject when the disk refuses. */
export interface RecordingFile {
  append(bytes: Uint8Array): Promise<void>;
  /** It is complete: it gets its name. */
  complete(): Promise<void>;
  /** It stays as it is, under its temporary name. */
  leave(): Promise<void>;
  /** Deletes what there is of it so far. */
  remove(): Promise<void>;
}

/** A file at this path, whose folder is made when it is missing. People's voices are for nobody but the owner. */
export function recordingFile(path: string): RecordingFile {
  const partPath = path + partSuffix;
  let handle: FileHandle | undefined;

  async function create(): Promise<FileHandle> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(partPath, 'wx', 0o600);
  }

  async function close(): Promise<void> {
    await handle?.close();
    handle = undefined;
  }

  return {
    async append(bytes) {
      handle ??= await create();
      await handle.appendFile(bytes);
    },
    async complete() {
      await close();
      await rename(partPath, path);
    },
    leave: close,
    async remove() {
      if (!handle) return;
      await close();
      await rm(partPath, { force: true });
    },
  };
}
