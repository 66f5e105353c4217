// The agent that follows a script: no network, no key, always the same answer to the same words.
import type { Timers } from '../../../kit/index.ts';
import type { AgentTurn, ChatAgent, Piece } from '../../ports/chat-agent.ts';
import { type HandoffDefaults, piecesOf } from '../../reply-part.ts';
import { wait } from '../../wait.ts';
import { intentFinder } from './find-intent.ts';
import type { Script, ScriptPart } from './script.ts';

/** What a script agent needs besides its script. */
export interface ScriptParts {
  timers: Timers;
  /** What a hand-off says where the script says nothing. */
  handoff?: HandoffDefaults | undefined;
}

/** Makes an agent from a script. It keeps nothing between turns. */
export function createScriptAgent(script: Script, parts: ScriptParts): ChatAgent {
  const intents = intentFinder(script.intents);

  function replyTo(input: AgentTurn['input']): readonly ScriptPart[] {
    switch (input.kind) {
      case 'start':
        return script.greeting;
      case 'message':
        return (intents.byText(input.text) ?? { reply: script.fallback }).reply;
      case 'tones':
        return (intents.byTones(input.digits) ?? { reply: script.fallback }).reply;
      case 'returned':
        return (input.joined ? script.returned : script.unanswered) ?? [];
      case 'poll':
        return [];
    }
  }

  return {
    async *respond(turn, signal) {
      let language = turn.session.language;
      const said = saidIn(turn);
      for (const part of replyTo(turn.input)) {
        signal.throwIfAborted();
        language = part.language ?? language;
        yield* perform(
          part,
          worded(part.text, language).replaceAll('{{text}}', () => said),
          signal,
        );
      }
    },
  };

  async function* perform(part: ScriptPart, text: string, signal: AbortSignal): AsyncGenerator<Piece> {
    const { think, pace, ...written } = part;
    if (think) {
      yield { kind: 'thinking' };
      await wait(parts.timers, think * 1000, signal);
    }
    for (const piece of piecesOf({ ...written, text }, parts.handoff)) {
      if (piece.kind === 'text' && pace) yield* wordByWord(piece.text, pace, signal);
      else yield piece;
    }
  }

  async function* wordByWord(text: string, paceMs: number, signal: AbortSignal): AsyncGenerator<Piece> {
    for (const word of text.match(/\s*\S+\s*/g) ?? []) {
      yield { kind: 'text', text: word };
      await wait(parts.timers, paceMs, signal);
    }
  }
}

function saidIn({ input }: AgentTurn): string {
  if (input.kind === 'message') return input.text;
  return input.kind === 'tones' ? input.digits : '';
}

/** The wording for a language: of the very tag, else of its language without region, else the first. */
function worded(text: ScriptPart['text'], language: string): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  const [plain = language] = language.split('-');
  return text[language] ?? text[plain] ?? Object.values(text)[0] ?? '';
}
