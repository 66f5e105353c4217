// Recordings of calls: one file per call, caller left, agent right. What goes wrong with one is logged, and never felt
// by its call.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, Log } from '../../kit/index.ts';
import { frameSamples } from '../media/pcm.ts';
import type { SpeechRate } from '../media/pcm.ts';
import { startRecording } from '../media/stereo-recording.ts';
import type { Opus } from '../ports/opus.ts';
import { recordingFile } from './recording-file.ts';
import { recordingName } from './recording-name.ts';

/** What recordings need. */
export interface RecordingsParts {
  /** Made when it is missing. */
  directory: string;
  opus: Opus;
  clock: Clock;
  log: Log;
  /** Opens files in place of the disk. */
  fileAt?: typeof recordingFile;
}

/** Records the calls of this process. */
export interface Recordings {
  /** Begins to record a call. Never rejects. */
  begin(call: { callId: string; callerRate: SpeechRate }): Promise<CallRecording>;
  /** Finishes whatever is under way. */
  close(): Promise<void>;
}

/** The recording of one call. No method throws or rejects. It is finished or discarded, and takes nothing then. */
export interface CallRecording {
  /** 20 ms: the caller at his rate, null when nothing came of him; the agent at 24 kHz. */
  take(caller: Int16Array | null, agent: Int16Array): void;
  /** Deletes what was recorded. Resolves when it is gone. */
  discard(): Promise<void>;
  /** Ends the file. Resolves when it is complete, or never will be. */
  finish(): Promise<void>;
}

/** Opens the place for recordings. */
export function createRecordings(parts: RecordingsParts): Recordings {
  const underWay = new Set<CallRecording>();
  return {
    async begin(call) {
      const recording = await recordCall(call, parts, () => underWay.delete(recording));
      underWay.add(recording);
      return recording;
    },
    async close() {
      await Promise.all(Array.from(underWay, (recording) => recording.finish()));
    },
  };
}

async function recordCall(
  { callId, callerRate }: { callId: string; callerRate: SpeechRate },
  { directory, opus, clock, log, fileAt = recordingFile }: RecordingsParts,
  over: () => void,
): Promise<CallRecording> {
  const file = fileAt(join(directory, recordingName({ callId, startedMs: clock.nowMs() })));
  const silence = new Int16Array(frameSamples(callerRate));
  const serial = randomBytes(4).readUInt32BE();
  let hasSound = false;
  let hasFailed = false;
  let ending: Promise<void> | undefined;

  function failed(error: unknown): void {
    if (!hasFailed) log.error({ callId, err: error }, 'A call could not be recorded to its end');
    hasFailed = true;
  }

  async function sink(bytes: Uint8Array): Promise<void> {
    try {
      await file.append(bytes);
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  const audio = await startRecording({ opus, sink, callerRate, serial }).catch(failed);

  async function finish(): Promise<void> {
    if (!hasSound) return discard();
    try {
      await audio?.finish();
      if (!hasFailed) await file.complete();
    } catch (error) {
      failed(error);
    }
    await file.leave().catch(failed);
    over();
  }

  async function discard(): Promise<void> {
    audio?.drop();
    // Nothing may be written behind the deletion.
    await audio?.finish().catch(failed);
    await file.remove().catch((error: unknown) => {
      log.error({ callId, err: error }, 'The recording of a call could not be deleted');
    });
    over();
  }

  return {
    take(caller, agent) {
      if (ending || hasFailed) return;
      try {
        audio?.add(caller ?? silence, agent);
        hasSound = true;
      } catch (error) {
        audio?.drop();
        failed(error);
      }
    },
    discard: () => (ending ??= discard()),
    finish: () => (ending ??= finish()),
  };
}
