// Serves the model's tool calls: those of the house act on the call, those of the agent are run and answered.
import type { Log, Timers } from '../../kit/index.ts';
import type { HandoffRequest } from '../../messaging/index.ts';
import type { DialogueHost } from '../dialogue.ts';
import type { ModelItem, ModelSession, ToolCall } from '../ports/speech-model.ts';
import type { AgentLines } from './agent-lines.ts';
import { runTool, type AgentTool, type ToolResult } from './agent-tools.ts';
import type { CallJournal } from './call-journal.ts';
import { toolResult } from './house-prompts.ts';
import { readArguments, readHouseCall, type HouseAct } from './house-tools.ts';
import type { TurnKeeper } from './turn-keeper.ts';
import type { VerbatimVoice } from './verbatim-voice.ts';

export interface ToolDesk {
  /** Tools are running. */
  readonly isBusy: boolean;
  /** Does what the calls of a response ask for; to be told before the response is over for everybody else. */
  serve(calls: readonly ToolCall[], responseId: string): void;
  /** Ends the call: nothing more is said but this, if there is something, and what is being said already. */
  hangUp(outcome: 'agent_hangup' | 'silence', utterance: string): Promise<void>;
}

interface ToolDeskParts {
  host: DialogueHost;
  tools: readonly AgentTool[];
  handoff: Pick<HandoffRequest, 'kind' | 'queue' | 'route'>;
  lines: AgentLines;
  journal: CallJournal;
  turns: TurnKeeper;
  voice: VerbatimVoice;
  /** The session in use. */
  session(): ModelSession | undefined;
  add(item: ModelItem): void;
  timers: Timers;
  log: Log;
  /** Aborts when the call is over. */
  signal: AbortSignal;
}

export function createToolDesk(parts: ToolDeskParts): ToolDesk {
  const { host, lines, journal, turns, voice, signal } = parts;
  let running = 0;

  async function serveAll(calls: readonly ToolCall[], responseId: string): Promise<void> {
    const origin = parts.session();
    running += 1;
    const results = await Promise.all(calls.map((call) => resultOf(call, responseId)));
    running -= 1;
    if (signal.aborted) return;
    for (const [index, call] of calls.entries()) {
      const output = results[index]?.output ?? '';
      // A call is known only to the session it was made in.
      if (parts.session() === origin) parts.add({ kind: 'tool-result', callId: call.callId, output });
      else parts.add({ kind: 'note', text: toolResult(call.name, output) });
    }
    const last = results.find(({ hangUp }) => hangUp);
    if (last) await hangUp('agent_hangup', last.hangUp?.utterance ?? '');
    else turns.reply();
  }

  async function resultOf(call: ToolCall, responseId: string): Promise<ToolResult> {
    const act = readHouseCall(call);
    if (act && 'problem' in act) return { output: JSON.stringify({ error: act.problem }) };
    if (act) return actOn(act, responseId);
    const tool = parts.tools.find(({ name }) => name === call.name);
    if (!tool) return { output: JSON.stringify({ error: 'there is no such tool' }) };
    return runTool(tool, readArguments(call), parts);
  }

  function actOn(act: HouseAct, responseId: string): ToolResult {
    switch (act.do) {
      case 'end-call':
        turns.happen({ type: 'quiet', on: true });
        void hangUp('agent_hangup', act.utterance);
        return { output: 'The call ends.' };
      case 'hand-off':
        turns.happen({ type: 'quiet', on: true });
        void handOff(act, responseId);
        return { output: 'The caller is being connected to a human colleague.' };
      case 'set-language':
        host.session.execute({ type: 'set-language', languageCode: act.language });
        return { output: `The language is ${act.language} now.` };
    }
  }

  async function hangUp(outcome: 'agent_hangup' | 'silence', utterance: string): Promise<void> {
    turns.happen({ type: 'quiet', on: true });
    if (utterance !== '') await voice.say(utterance, { interruptible: false, journaled: true });
    if (signal.aborted) return;
    await lines.allHeard();
    journal.flush();
    if (!signal.aborted) host.hangUp(outcome);
  }

  async function handOff(act: Extract<HouseAct, { do: 'hand-off' }>, responseId: string): Promise<void> {
    await lines.responseHeard(responseId);
    if (act.utterance !== '') await voice.say(act.utterance, { interruptible: false, journaled: true });
    if (signal.aborted) return;
    journal.flush();
    const { kind, queue, route } = parts.handoff;
    const data = act.summary === '' ? {} : { summary: act.summary };
    const request = { kind, reason: act.reason, queue: act.queue ?? queue, route, data };
    host.session.execute({ type: 'call-handoff', callId: host.callId, request });
    if (kind === 'client') host.hangUp('handoff');
  }

  return {
    get isBusy() {
      return running > 0;
    },
    serve(calls, responseId) {
      if (calls.length > 0) void serveAll(calls, responseId);
    },
    hangUp,
  };
}
