// The agent's own tools in a call: how they come and are called, and what happens when that takes too long.
import type { Log, Timers } from '../../kit/index.ts';
import type { ModelTool } from '../ports/speech-model.ts';

/** A tool of the agent. */
export interface AgentTool extends ModelTool {
  /** `args`: what the model wrote, JSON already read. Rejects when it fails; the message goes to the model. */
  run(args: unknown, signal: AbortSignal): Promise<ToolResult>;
}

export interface ToolResult {
  /** What the model is told. */
  output: string;
  /** The call is over, after this utterance if there is one. */
  hangUp?: { utterance?: string | undefined } | undefined;
}

/** A tool that runs longer has failed (voice spec, section 11.3). */
const toolTimeoutMs = 10_000;

/** A caller waits no longer for tools that have yet to be asked for. */
const toolsWithinMs = 5_000;

/** The tools; none when they can't be had, or are too long in coming. */
export async function toolsInTime(
  coming: Promise<readonly AgentTool[]>,
  { timers, log }: { timers: Timers; log: Log },
): Promise<readonly AgentTool[]> {
  const late = Promise.withResolvers<never>();
  const timer = timers.after(toolsWithinMs, () => late.reject(new Error('they are too long in coming')));
  try {
    return await Promise.race([coming, late.promise]);
  } catch (error) {
    log.warn({ err: error }, "A call goes on without the agent's own tools");
    return [];
  } finally {
    timer.cancel();
  }
}

/** Runs a tool. Never rejects: a failure is a result that says so. */
export async function runTool(
  tool: AgentTool,
  args: unknown,
  { timers, log, signal }: { timers: Timers; log: Log; signal: AbortSignal },
): Promise<ToolResult> {
  if (args === undefined) return failure('the arguments are not JSON');
  const timeout = new AbortController();
  const timer = timers.after(toolTimeoutMs, () => timeout.abort(new Error('the tool takes too long')));
  const either = AbortSignal.any([signal, timeout.signal]);
  try {
    return await Promise.race([tool.run(args, either), aborted(either)]);
  } catch (error) {
    if (!signal.aborted) log.warn({ tool: tool.name, err: error }, 'A tool failed');
    return failure(error instanceof Error ? error.message : 'the tool failed');
  } finally {
    timer.cancel();
  }
}

function failure(error: string): ToolResult {
  return { output: JSON.stringify({ error }) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
