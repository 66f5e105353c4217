import { describe, expect, it } from 'vitest';
import { queueTimeoutMs } from './queue-timeout.ts';

const handoff = {
  queues: {
    general: { name: 'General Support', timeoutSeconds: 60, afterHuman: 'end' as const },
    vip: { name: 'vip', timeoutSeconds: 5, afterHuman: 'end' as const },
  },
};

describe('queueTimeoutMs', () => {
  it('knows queues by the name people read, and by their key', () => {
    expect(queueTimeoutMs('General Support', { handoff })).toBe(60_000);
    expect(queueTimeoutMs('general', { handoff })).toBe(60_000);
    expect(queueTimeoutMs('vip', { handoff })).toBe(5_000);
  });

  it('gives a queue it does not know five minutes', () => {
    expect(queueTimeoutMs('elsewhere', { handoff })).toBe(300_000);
    expect(queueTimeoutMs('toString', { handoff })).toBe(300_000);
  });
});
