// The reply to one turn: says what the agent yields, and carries out what comes with it once it was heard.
import type { HandoffRequest, Piece, ReplyNews, TurnOutcome } from '../../messaging/index.ts';
import type { DialogueHost } from '../dialogue.ts';
import type { Manner, Speaker } from '../speech/speaker.ts';
import { createSpokenMessage } from '../speech/spoken-message.ts';

/** What a reply needs. */
export interface ReplyParts {
  host: DialogueHost;
  speaker: Speaker;
  turnId: string;
  /** BCP-47; what the reply begins in. */
  language: string;
  isInterruptible: boolean;
  /** What is said when the agent fails, in a language. */
  apology(language: string): string;
  /** The agent's first word is here. */
  firstWord(): void;
  /** The conversation ends with this reply; what the caller says from now on changes nothing. */
  leaving(): void;
  /** The floor isn't the agent's any more. */
  handedOver(): void;
}

/** A reply that is being said. */
export interface Reply {
  readonly turnId: string;
  readonly manner: Manner;
  take(news: ReplyNews): void;
  /** Something else is said in between: what follows is another message. */
  breakMessage(): void;
  /** The caller has spoken, and what wasn't said was dropped. */
  interrupted(): void;
}

/** Begins the reply to a turn. */
export function createReply(parts: ReplyParts): Reply {
  const { host, speaker, turnId } = parts;
  const manner: Manner = { interruption: parts.isInterruptible ? 'ends' : 'never' };
  const newMessage = () => createSpokenMessage(host, speaker, manner);
  let message = newMessage();
  let { language } = parts;
  let handoff: HandoffRequest | null = null;
  let hasFailed = false;

  function isOpen(): boolean {
    return host.session.state.turn?.id === turnId;
  }

  function endTurn(outcome: TurnOutcome): void {
    if (isOpen()) host.session.execute({ type: 'call-turn-over', callId: host.callId, outcome });
  }

  function breakMessage(): void {
    message.end();
    message = newMessage();
  }

  function afterwards(reached: () => void): void {
    speaker.afterwards({ manner, reached, dropped() {} });
  }

  function switchTo(languageCode: string): void {
    message.flush();
    language = languageCode;
    afterwards(() => host.session.execute({ type: 'agent-language', turnId, languageCode }));
  }

  function handOver(request: HandoffRequest): void {
    if (!isOpen()) return;
    host.session.execute({ type: 'call-handoff', callId: host.callId, request });
    parts.handedOver();
    if (request.kind === 'client') host.hangUp('handoff');
  }

  function sayGoodbye(): void {
    message.end();
    // Unless he is speaking already, the caller can't keep the agent any more.
    if (!speaker.isHeld) {
      manner.interruption = 'never';
      parts.leaving();
    }
    afterwards(() => {
      parts.leaving();
      endTurn('answered');
      host.hangUp('agent_hangup');
    });
  }

  function apologise(): void {
    hasFailed = true;
    breakMessage();
    message.write(parts.apology(language), language);
    message.end();
    afterwards(() => endTurn('failed'));
  }

  function takePiece(piece: Piece): void {
    switch (piece.kind) {
      case 'thinking':
        host.session.execute({ type: 'call-thinking', callId: host.callId });
        break;
      case 'text':
        parts.firstWord();
        message.write(piece.text, language);
        break;
      case 'attachments':
        message.attach({ attachments: piece.attachments });
        break;
      case 'suggestions':
        message.attach({ suggestions: piece.suggestions });
        break;
      case 'call-actions':
        message.attach({ callActions: piece.callActions });
        break;
      case 'message-break':
        breakMessage();
        break;
      case 'language':
        switchTo(piece.languageCode);
        break;
      case 'handoff': {
        const { request } = piece;
        handoff = request;
        message.end();
        afterwards(() => handOver(request));
        break;
      }
      case 'end':
        sayGoodbye();
        break;
    }
  }

  return {
    turnId,
    manner,
    take(news) {
      switch (news.kind) {
        case 'piece':
          takePiece(news.piece);
          break;
        case 'over':
          message.end();
          afterwards(() => endTurn('answered'));
          break;
        case 'failed':
          apologise();
          break;
      }
    },
    breakMessage,
    interrupted() {
      if (manner.interruption === 'never') return;
      message.cutShort();
      // What was decided is done, though it was said only in part.
      if (handoff) handOver(handoff);
      else endTurn(hasFailed ? 'failed' : 'cancelled');
    },
  };
}
