import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { chatErrors } from './chat-errors.ts';
import { closeCodes } from './close-codes.ts';
import { bridgeErrors } from './desk-bridge/index.ts';
import { deskHeader } from './desk/desk-bodies.ts';
import { deskErrors } from './desk/desk-errors.ts';
import { MAX_DESK_FRAME_BYTES } from './desk/desk-frames.ts';
import { bodySchemas } from './documents/body-schemas.ts';
import { deskClientSchemas, deskServerSchemas } from './documents/desk-schemas.ts';
import { clientFrameSchemas, serverFrameSchemas } from './documents/frame-schemas.ts';
import { openApiDocument } from './documents/openapi.ts';
import { clientSignalSchemas, serverSignalSchemas } from './documents/signal-schemas.ts';
import { handoffStateErrors } from './handoff-state.ts';
import { MAX_CUSTOM_BYTES } from './limits.ts';
import { restErrors } from './rest-errors.ts';
import { serverOnlyTypes } from './server-events.ts';
import { signalErrors } from './signaling-errors.ts';
import { MAX_CALL_SID_LENGTH } from './signaling-messages.ts';
import { DEFAULT_CALL_MODE, callModeNames } from './signaling-modes.ts';
import { MAX_SIGNAL_BYTES } from './signaling.ts';
import { systemTexts } from './system-messages.ts';
import { wireHistory } from './wire-version.ts';

/** All that a client can see of the wire, but for words that explain it. */
function wire(): unknown {
  const { paths } = openApiDocument({ version: '', publicUrl: '' }) as { paths: Record<string, object> };
  return {
    bodies: bodySchemas(),
    clientFrames: clientFrameSchemas(),
    serverFrames: serverFrameSchemas(),
    serverOnlyTypes: [...serverOnlyTypes].toSorted(),
    endpoints: Object.entries(paths).map(([path, operations]) => [path, Object.keys(operations)]),
    errors: { restErrors, chatErrors, handoffStateErrors, bridgeErrors },
    systemTexts,
    closeCodes,
    MAX_CUSTOM_BYTES,
    clientSignals: clientSignalSchemas(),
    serverSignals: serverSignalSchemas(),
    signalErrors,
    callModeNames,
    DEFAULT_CALL_MODE,
    MAX_CALL_SID_LENGTH,
    MAX_SIGNAL_BYTES,
    deskClientFrames: deskClientSchemas(),
    deskServerFrames: deskServerSchemas(),
    deskErrors,
    deskHeader,
    MAX_DESK_FRAME_BYTES,
  };
}

/** JSON with sorted members and without descriptions, so that only the wire itself counts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member)
            .filter(([name, inner]) => !(name === 'description' && typeof inner === 'string'))
            .toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : member,
  );
}

it('the wire is frozen: a change of it needs a line in wire-version.ts', () => {
  const sha256 = createHash('sha256').update(canonical(wire())).digest('hex');
  expect(wireHistory.at(-1)?.sha256, 'The wire has changed. Clients out there have not.').toBe(sha256);
});

it('the history of the wire counts up', () => {
  expect(wireHistory.map((line) => line.version)).toEqual(wireHistory.map((_, index) => index + 1));
});
