import { describe, expect, it } from 'vitest';
import { answered, humanSays, join, replies, says, streams } from '../test/commands.ts';
import { sessionAt } from '../test/floors.ts';
import { PaperSession } from '../test/paper-session.ts';

describe('a transcript', () => {
  it('has every message once, with who said it, in the order of their beginnings', () => {
    const session = new PaperSession({ streaming: true });
    session.run(join, streams('Hello. '), says('Wait, '), streams('How can I help?', true), answered, replies('Yes?'));
    const said = session.transcript.lines.map(({ speaker, text }) => ({ speaker, text }));
    expect(said).toEqual([
      { speaker: 'agent', text: 'Hello. How can I help?' },
      { speaker: 'user', text: 'Wait, ' },
      { speaker: 'agent', text: 'Yes?' },
    ]);
  });

  it('gathers the attachments of all chunks', () => {
    const session = sessionAt('in a turn');
    const [one, two] = ['one', 'two'].map((title) => ({
      title,
      contentUrl: `https://parley.test/${title}`,
      contentType: 'ATTACHMENT_CONTENT_TYPE_URL' as const,
    }));
    const { turnId } = session;
    const chunk = { type: 'agent-chunk' as const, turnId, suggestions: [] };
    session.run({ ...chunk, text: 'See ', attachments: [one!], last: false });
    session.run({ ...chunk, text: 'these.', attachments: [two!], last: true });
    expect(session.transcript.lines.at(-1)).toMatchObject({ text: 'See these.', attachments: [one, two] });
  });

  it('tells humans and agents apart', () => {
    const session = sessionAt('live');
    session.run(humanSays('I am Mira.'));
    expect(session.transcript.lines.map(({ speaker }) => speaker)).toEqual(['agent', 'user', 'user', 'human']);
  });

  it('knows the sequence at which each message began', () => {
    const { journal, transcript } = sessionAt('live');
    for (const { sequence, messageId } of transcript.lines) {
      const entry = journal.find((each) => each.sequence === sequence);
      expect(entry).toMatchObject({ event: { messageId } });
    }
  });

  it('has the custom data of user messages', () => {
    const session = sessionAt('agent idle');
    session.run(says('Hi.', { local_id: 'L' }));
    expect(session.transcript.customOf(session.lastMessageId)).toEqual({ local_id: 'L' });
  });
});
