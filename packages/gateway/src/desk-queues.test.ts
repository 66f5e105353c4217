import { describe, expect, it } from 'vitest';
import { defaultQueue } from './config/index.ts';
import { deskQueues } from './desk-queues.ts';

const general = { ...defaultQueue('General Support'), timeoutSeconds: 60 };
const vip = { ...defaultQueue('vip'), timeoutSeconds: 5 };

describe('deskQueues', () => {
  it('knows queues by the name people read, and by their key', () => {
    const queues = deskQueues({ handoff: { queues: { general, vip }, cannedReplies: [] } });
    expect(queues.called('General Support')).toMatchObject({ id: 'general', timeoutMs: 60_000 });
    expect(queues.called('general')).toBe(queues.called('General Support'));
    expect(queues.called('vip').timeoutMs).toBe(5_000);
  });

  it('makes a queue it does not know, once, and gives it five minutes', () => {
    const queues = deskQueues({ handoff: { queues: { general }, cannedReplies: [] } });
    expect(queues.byId('elsewhere')).toBeUndefined();
    expect(queues.called('elsewhere')).toMatchObject({ id: 'elsewhere', name: 'elsewhere', timeoutMs: 300_000 });
    expect(queues.called('elsewhere')).toBe(queues.byId('elsewhere'));
    expect(queues.called('toString').timeoutMs).toBe(300_000);
    expect(queues.all.map(({ id }) => id)).toEqual(['general', 'elsewhere', 'toString']);
  });
});
