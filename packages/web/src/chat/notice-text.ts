// What happened, in words.
import type { Notice } from '@parley/client';

/** One line for a notice in the conversation. `uiLanguage` names languages in the reader's own. */
export function noticeText({ event, speaker }: Notice, uiLanguage = 'en'): string {
  switch (event.type) {
    case 'poly-agent-joined':
      return `${event.agentName} joined`;
    case 'poly-agent-triggered-handoff':
      return 'Handing over to a person';
    case 'client-handoff-required':
      return `Continues outside this chat: ${event.queueName}`;
    case 'handoff-failed':
      return 'Nobody could be reached. You can go on with the agent.';
    case 'handoff-timeout':
      return 'Nobody was free in time. You can go on with the agent.';
    case 'live-agent-joined':
      return `${event.agent.name} joined`;
    case 'live-agent-left':
      return `${speaker?.name ?? 'The person'} left`;
    case 'language-changed':
      return `Language: ${languageName(event.languageCode, uiLanguage)}`;
  }
}

/** `fr-FR` -> `French (France)`; the code itself when it is none. */
export function languageName(code: string, uiLanguage: string): string {
  try {
    return new Intl.DisplayNames([uiLanguage], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
