import { describe, expect, it } from 'vitest';
import { nextPhase } from './call-phase.machine.ts';
import type { CallPhase, ConnectionNews, PhaseStep } from './call-phase.machine.ts';

const lost: PhaseStep = { phase: 'ended', outcome: 'caller_lost' };
const hungUp: PhaseStep = { phase: 'ended', outcome: 'user_close' };

describe('the connection of a call', () => {
  it.each<[CallPhase, ConnectionNews, PhaseStep | undefined]>([
    ['negotiating', 'connecting', undefined],
    ['negotiating', 'connected', { phase: 'active' }],
    ['negotiating', 'disconnected', undefined],
    ['negotiating', 'failed', { phase: 'ended', outcome: 'media_failure' }],
    ['negotiating', 'setup-expired', { phase: 'ended', outcome: 'setup_timeout' }],
    ['active', 'setup-expired', undefined],
    ['active', 'connected', undefined],
    ['active', 'disconnected', { phase: 'suspended', lossInMs: 30_000 }],
    ['active', 'failed', { phase: 'suspended', lossInMs: 6_000 }],
    ['active', 'closed', hungUp],
    ['suspended', 'connected', { phase: 'active' }],
    ['suspended', 'disconnected', undefined],
    ['suspended', 'failed', undefined],
    ['suspended', 'closed', hungUp],
    ['negotiating', 'closed', { phase: 'ended', outcome: 'media_failure' }],
    ['suspended', 'loss-expired', lost],
    ['active', 'loss-expired', undefined],
    ['ended', 'connected', undefined],
    ['ended', 'failed', undefined],
  ])('%s, then %s', (phase, news, step) => {
    expect(nextPhase(phase, news)).toEqual(step);
  });
});
