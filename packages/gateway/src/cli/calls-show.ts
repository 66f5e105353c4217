// `parley calls show`: one call, how it went and what was said.
import type { StoredEntry } from '../messaging/index.ts';
import type { Archive } from '../store/index.ts';
import type { CallRecord } from '../voice/index.ts';
import { callSummary, figureLines } from './call-summary.ts';
import { Refusal, type Command } from './command.ts';
import { idAndJson } from './one-id.ts';
import { factsText, messagesOf, messageTexts } from './session-record.ts';
import { withArchive } from './with-database.ts';

export const callsShow: Command = {
  name: 'calls show',
  parameters: '<callId|callSid> [--json]',
  summary: 'Shows a call: how it went, and what was said in its session.',
  options: [['--json', 'prints everything as JSON']],

  async run(args, world) {
    const { id, json } = idAndJson(args, 'call');
    await withArchive(world, async (archive) => {
      const call = archive.showCall(id);
      if (!call) throw new Refusal(`There is no call "${id}".`);
      await world.print(json ? callJson(call, archive) : callText(call, archive));
    });
  },
};

function callJson(call: CallRecord, archive: Archive): string {
  const record = { ...callSummary(call), figures: call.figures, messages: messagesOf(entriesOf(call, archive)) };
  return JSON.stringify(record, null, 2);
}

function callText(call: CallRecord, archive: Archive): string {
  const facts = [factsText(callSummary(call)), ...figureLines(call.figures)].join('\n');
  return [facts, ...messageTexts(entriesOf(call, archive))].join('\n\n');
}

/** The journal of the call's session. An echo call has none, and retention may have taken it. */
function entriesOf({ sessionId }: CallRecord, archive: Archive): readonly StoredEntry[] {
  return (sessionId === null ? undefined : archive.show(sessionId))?.entries ?? [];
}
