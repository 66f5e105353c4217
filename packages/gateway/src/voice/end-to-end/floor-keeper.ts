// Follows the session of a call: messages that are typed there, and the floor, which may be a human's for a while
// (voice spec, sections 8.3 and 9.6).
import type { Floor } from '../../messaging/index.ts';
import type { DialogueHost } from '../dialogue.ts';
import type { ModelItem } from '../ports/speech-model.ts';
import { agentIsBack, nobodyCame, saidByHuman } from './house-prompts.ts';
import type { SessionNews, SessionWatch } from './session-watch.ts';
import type { TurnKeeper } from './turn-keeper.ts';
import type { VerbatimVoice } from './verbatim-voice.ts';

export interface FloorKeeper {
  /** The caller waits for a human: nobody listens. */
  readonly isOnHold: boolean;
  /** The call begins; somebody else may have the floor already. */
  start(): void;
  /** The session has changed. */
  look(): void;
}

export function createFloorKeeper(parts: {
  host: DialogueHost;
  watch: SessionWatch;
  turns: Pick<TurnKeeper, 'happen' | 'reply'>;
  voice: VerbatimVoice;
  /** Puts something into the model's conversation. */
  add(item: ModelItem): void;
  /** What a caller hears who begins to wait. */
  onHold(): string;
}): FloorKeeper {
  const { host, watch, turns, voice } = parts;
  /** Who has the floor instead of the agent. */
  let away: 'queue' | 'human' | null = null;
  let hadHuman = false;

  function take(news: SessionNews): void {
    switch (news.type) {
      case 'typed':
        parts.add({ kind: 'user', text: news.text });
        turns.reply();
        break;
      case 'human':
        parts.add({ kind: 'agent', text: saidByHuman(news.text) });
        // Who is on the line speaks for themselves.
        if (!host.session.state.call?.person) void voice.say(news.text, { interruptible: false, journaled: false });
        break;
      case 'floor':
        moved(news.holder);
        break;
    }
  }

  function moved(holder: Floor['holder']): void {
    switch (holder) {
      case 'queue':
        leave('queue');
        void wait();
        break;
      case 'human':
        leave('human');
        hadHuman = true;
        break;
      case 'nobody':
        if (away) host.session.execute({ type: 'call-agent-back', callId: host.callId });
        break;
      case 'agent':
        if (away) comeBack();
        break;
      case 'agent-joining':
        break;
    }
  }

  async function wait(): Promise<void> {
    const words = host.insteadOfWaiting();
    await voice.say(words ?? parts.onHold(), { interruptible: false, journaled: false });
    if (words !== null) host.hangUp('handoff');
  }

  function leave(to: 'queue' | 'human'): void {
    if (!away) {
      turns.happen({ type: 'interrupt' });
      turns.happen({ type: 'quiet', on: true });
    }
    away = to;
  }

  function comeBack(): void {
    away = null;
    turns.happen({ type: 'quiet', on: false });
    parts.add({ kind: 'note', text: hadHuman ? agentIsBack : nobodyCame });
    hadHuman = false;
    turns.reply();
  }

  return {
    get isOnHold() {
      return away === 'queue';
    },
    start() {
      const { holder } = host.session.state.floor;
      if (holder === 'queue' || holder === 'human') leave(holder);
    },
    look() {
      for (const news of watch.look()) take(news);
    },
  };
}
