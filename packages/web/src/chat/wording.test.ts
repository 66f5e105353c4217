// What the pages say: hand-offs, notices, deliveries, ends.
import type { Notice } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { canRetry, deliveryText } from './delivery-text.ts';
import { endText } from './end-text.ts';
import { handoffBanner } from './handoff-text.ts';
import { noticeText } from './notice-text.ts';

function notice(event: Notice['event'], name?: string): Notice {
  const item: Notice = { kind: 'notice', key: 'n1', timestamp: '2026-01-01T12:00:00.000Z', event };
  return name === undefined ? item : { ...item, speaker: { kind: 'person', name } };
}

describe('hand-off banner', () => {
  it('tells the place in the queue and the wait', () => {
    const queued = {
      at: 'queued',
      queueName: 'General Support',
      positionInQueue: 3,
      estimatedWaitSeconds: 240,
    } as const;
    expect(handoffBanner(queued)).toEqual({
      title: 'Waiting for General Support',
      detail: 'You are number 3 in line, about 4 minutes',
    });
  });

  it.each([
    [{ positionInQueue: 1 }, 'You are next'],
    [{ estimatedWaitSeconds: 20 }, 'about a minute'],
    [{}, 'Somebody will be with you soon.'],
    [{ positionInQueue: 4, displayMessage: 'Lunch break until one' }, 'Lunch break until one'],
  ])('%o reads "%s"', (known, detail) => {
    expect(handoffBanner({ at: 'queued', ...known })?.detail).toBe(detail);
  });

  it('leads elsewhere only by web addresses', () => {
    const elsewhere = { at: 'elsewhere', reason: 'POLICY', queueName: 'Support Queue' } as const;
    expect(handoffBanner({ ...elsewhere, route: 'https://desk.example/chat' })?.link).toBe('https://desk.example/chat');
    expect(handoffBanner({ ...elsewhere, route: 'Support Queue' })).not.toHaveProperty('link');
    expect(handoffBanner({ ...elsewhere, route: 'javascript:alert(1)' })).not.toHaveProperty('link');
  });

  it('is gone when a person is there', () => {
    expect(handoffBanner({ at: 'live', person: { kind: 'person', name: 'Grace' } })).toBeUndefined();
    expect(handoffBanner({ at: 'none' })).toBeUndefined();
  });
});

describe('notices', () => {
  it('name who came and who left', () => {
    expect(noticeText(notice({ type: 'live-agent-joined', agent: { id: 'g', name: 'Grace' } }))).toBe('Grace joined');
    expect(noticeText(notice({ type: 'live-agent-left' }, 'Grace'))).toBe('Grace left');
    expect(noticeText(notice({ type: 'live-agent-left' }))).toBe('The person left');
  });

  it('name languages, and repeat codes that are none', () => {
    expect(noticeText(notice({ type: 'language-changed', languageCode: 'fr-FR' }))).toBe('Language: French (France)');
    expect(noticeText(notice({ type: 'language-changed', languageCode: '!' }))).toBe('Language: !');
  });
});

describe('deliveries', () => {
  it('say why a message did not arrive', () => {
    expect(deliveryText({ delivery: 'failed', problem: 'no-answer' })).toContain('did not answer');
    expect(deliveryText({ delivery: 'failed', problem: 'too-large' })).toContain('too long');
    expect(deliveryText({ delivery: 'sending' })).toBe('Sending…');
  });

  it('say how something was said in a call', () => {
    expect(deliveryText({ delivery: 'sent', saidBy: 'voice' })).toBe('Spoken');
    expect(deliveryText({ delivery: 'sent', saidBy: 'keys' })).toBe('Keys pressed');
  });

  it('offer another try only where it may help', () => {
    expect(canRetry({ delivery: 'failed', problem: 'no-answer' })).toBe(true);
    expect(canRetry({ delivery: 'failed', problem: 'too-large' })).toBe(false);
    expect(canRetry({ delivery: 'sending' })).toBe(false);
  });
});

describe('ends', () => {
  it('say who ended it', () => {
    expect(endText('REASON_USER_END')).toContain('You ended');
    expect(endText('REASON_USER_ABANDONED')).toContain('nobody wrote');
    expect(endText(undefined)).toBe(endText('REASON_NATURAL_END'));
  });
});
