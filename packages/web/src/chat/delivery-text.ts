// How far a message has come, in words.
import type { UserRow } from './conversation-rows.ts';

/** What stands under a message of the user's. */
export function deliveryText({ delivery, problem, saidBy }: Pick<UserRow, 'delivery' | 'problem' | 'saidBy'>): string {
  switch (delivery) {
    case 'waiting':
      return 'Waiting for the connection';
    case 'sending':
      return 'Sending…';
    case 'sent':
      return saidBy === undefined ? 'Sent' : saidTexts[saidBy];
    case 'failed':
      return problem === undefined ? 'Not delivered' : problemTexts[problem];
  }
}

/** Whether trying again may help. */
export function canRetry({ delivery, problem }: Pick<UserRow, 'delivery' | 'problem'>): boolean {
  return delivery === 'failed' && problem !== 'too-large' && problem !== 'refused';
}

const saidTexts = { voice: 'Spoken', keys: 'Keys pressed' } as const;

const problemTexts = {
  'no-answer': 'Not delivered: the server did not answer',
  refused: 'Not delivered: the server refused it',
  'too-large': 'Not delivered: it is too long',
  'conversation-over': 'Not delivered: the conversation was over',
} as const;
