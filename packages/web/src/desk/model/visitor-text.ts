// Visitors in words: what they are called, what is known of them, why they are here.
import type { DeskVisitor, DeskWaiting } from '@parley/protocol';
import { languageName } from '../../chat/notice-text.ts';

/** Whoever a chat or a place in a queue belongs to. */
interface Somebody {
  sessionId: string;
  visitor: Pick<DeskVisitor, 'name'>;
}

/** The name, or one that tells several nameless visitors apart: `Visitor 4F2A`. */
export function visitorName({ sessionId, visitor: { name } }: Somebody): string {
  if (name !== null && name.trim() !== '') return name;
  return `Visitor ${sessionId
    .replace(/[^\da-z]/gi, '')
    .slice(-4)
    .toUpperCase()}`;
}

/** One of six tints, the same for a conversation wherever it is shown. */
export function tintOf(sessionId: string): number {
  let sum = 0;
  for (const character of sessionId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % 6;
}

/** `French (France)`; nothing while the language was never switched. */
export function languageText({ language }: Pick<DeskVisitor, 'language'>): string | undefined {
  return language === null ? undefined : languageName(language, 'en');
}

/** What they write with: `web, mobile`. */
export function deviceText({ platform, deviceType }: Pick<DeskVisitor, 'platform' | 'deviceType'>): string {
  return [platform, deviceType].filter((part) => part !== null && part !== '').join(', ');
}

/** Why the agent asked for a person. */
export function reasonText(reason: DeskWaiting['reason']): string {
  return reasons[reason];
}

const reasons = {
  COMPLEX_QUERY: 'The question needs a closer look.',
  AGENT_DECISION: 'The agent decided to ask a person.',
  POLICY: 'Only a person may answer this.',
} as const;

/** A fact that the agent left. */
export interface Fact {
  label: string;
  value: string;
}

const LONGEST_FACT = 400;

/** Facts as they are shown: `order_id: 7` as `Order id`, `7`. What holds nothing is left out. */
export function factsOf(data: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const text = factText(value);
    return text === '' ? [] : [{ label: labelOf(key), value: text.slice(0, LONGEST_FACT) }];
  });
}

function factText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return JSON.stringify(value);
}

function labelOf(key: string): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
