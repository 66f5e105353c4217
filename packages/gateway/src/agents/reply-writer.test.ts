import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentCommand } from '../messaging/index.ts';
import type { Piece } from './ports/chat-agent.ts';
import { createReplyWriter } from './reply-writer.ts';

const link = (title: string) => ({
  title,
  contentUrl: `https://parley.test/${title}`,
  contentType: 'ATTACHMENT_CONTENT_TYPE_URL' as const,
});
const call = { title: 'Call us', contactNumber: '+441632960000' };
const handoff: Piece = {
  kind: 'handoff',
  request: { kind: 'desk', reason: 'POLICY', queue: 'Support', route: '', data: {} },
};

/** The commands of a reply, pieces and their times given. Times that the writer asks to be woken at are kept. */
function written(pieces: readonly (Piece | string)[], { streaming = true, gapMs = 1000 } = {}): AgentCommand[] {
  const writer = createReplyWriter('turn-1', { streaming, chunkIntervalMs: 30 });
  const commands: AgentCommand[] = [];
  let nowMs = 0;
  for (const piece of pieces) {
    const nextMs = nowMs + gapMs;
    while (writer.wakeAtMs !== null && writer.wakeAtMs < nextMs) commands.push(...writer.wake(writer.wakeAtMs));
    nowMs = nextMs;
    commands.push(...writer.take(typeof piece === 'string' ? { kind: 'text', text: piece } : piece, nowMs));
  }
  return [...commands, ...writer.finish()];
}

interface Message {
  text: string;
  attachments: unknown[];
  suggestions: unknown[];
}

/** What users are shown: messages, their chunks joined, and call actions, wherever they stand. */
function shown(commands: readonly AgentCommand[]): { messages: Message[]; callActions: unknown[] } {
  const messages: Message[] = [];
  let open: Message | undefined;
  for (const command of commands) {
    if (command.type !== 'agent-chunk' && command.type !== 'agent-message') continue;
    if (!open) messages.push((open = { text: '', attachments: [], suggestions: [] }));
    open.text += command.text;
    open.attachments.push(...command.attachments);
    open.suggestions.push(...command.suggestions);
    if (command.type === 'agent-message' || command.last) open = undefined;
  }
  return {
    messages: messages.filter(({ text, attachments, suggestions }) => text || attachments.length + suggestions.length),
    callActions: commands.flatMap((command) => (command.type === 'agent-message' ? command.callActions : [])),
  };
}

describe('a reply in a session that does not stream', () => {
  it('MSG-081 is one message with everything in it', () => {
    const pieces: (Piece | string)[] = [
      'Hello ',
      { kind: 'attachments', attachments: [link('one')] },
      'there.',
      { kind: 'suggestions', suggestions: [{ messageText: 'No' }] },
      { kind: 'call-actions', callActions: [call] },
      { kind: 'suggestions', suggestions: [{ messageText: 'Yes' }] },
      { kind: 'attachments', attachments: [link('two')] },
    ];
    expect(written(pieces, { streaming: false })).toEqual([
      {
        type: 'agent-message',
        turnId: 'turn-1',
        text: 'Hello there.',
        attachments: [link('one'), link('two')],
        suggestions: [{ messageText: 'Yes' }],
        callActions: [call],
        endConversation: false,
      },
      { type: 'turn-answered', turnId: 'turn-1' },
    ]);
  });

  it('says with its last message that the conversation ends', () => {
    const commands = written(['Bye.', { kind: 'message-break' }, 'For good.', { kind: 'end' }], { streaming: false });
    expect(commands).toMatchObject([
      { text: 'Bye.', endConversation: false },
      { text: 'For good.', endConversation: true },
      { type: 'agent-end' },
    ]);
  });
});

describe('a reply in a session that streams', () => {
  it('MSG-081 MSG-084 is chunks; attachments and suggestions come with the last', () => {
    const pieces: (Piece | string)[] = [
      { kind: 'attachments', attachments: [link('one')] },
      { kind: 'suggestions', suggestions: [{ messageText: 'Yes' }] },
      'Hello there. ',
      'How are you?',
    ];
    const chunk = { type: 'agent-chunk', turnId: 'turn-1' };
    expect(written(pieces)).toEqual([
      { ...chunk, text: 'Hello there. ', attachments: [], suggestions: [], last: false },
      {
        ...chunk,
        text: 'How are you?',
        attachments: [link('one')],
        suggestions: [{ messageText: 'Yes' }],
        last: true,
      },
      { type: 'turn-answered', turnId: 'turn-1' },
    ]);
  });

  it('has its call actions in a message of their own behind the last chunk, for no client looks for them in chunks', () => {
    expect(written(['Call', { kind: 'call-actions', callActions: [call] }])).toMatchObject([
      { type: 'agent-chunk', text: 'Call', last: true },
      { type: 'agent-message', text: '', attachments: [], suggestions: [], callActions: [call] },
      { type: 'turn-answered' },
    ]);
  });

  it('ends with an empty chunk when all text is out already', () => {
    expect(written(['All of it. '])).toMatchObject([
      { text: 'All of it. ', last: false },
      { text: '', last: true },
      { type: 'turn-answered' },
    ]);
  });

  it('says when what waits is due, and then says it', () => {
    const writer = createReplyWriter('turn-1', { streaming: true, chunkIntervalMs: 30 });
    expect(writer.take({ kind: 'text', text: 'One. ' }, 100)).toHaveLength(1);
    expect(writer.take({ kind: 'text', text: 'Two. ' }, 110)).toEqual([]);
    expect(writer.wakeAtMs).toBe(130);
    expect(writer.wake(130)).toMatchObject([{ text: 'Two. ' }]);
    expect(writer.wakeAtMs).toBeNull();
  });
});

describe.each([true, false])('any reply (streaming: %s)', (streaming) => {
  it('that says nothing writes nothing', () => {
    const turnAnswered = { type: 'turn-answered', turnId: 'turn-1' };
    expect(written([], { streaming })).toEqual([turnAnswered]);
    expect(written([' \n', { kind: 'message-break' }, '\t'], { streaming })).toEqual([turnAnswered]);
  });

  it.each<[string, Piece, string]>([
    ['a hand-off', handoff, 'agent-handoff'],
    ['the end', { kind: 'end' }, 'agent-end'],
  ])('is over with %s; the text before it comes first, and later pieces do not count', (_name, piece, type) => {
    const commands = written(['Wait. ', 'Please.', piece, 'More.', { kind: 'end' }], { streaming });
    expect(shown(commands).messages.map(({ text }) => text)).toEqual(['Wait. Please.']);
    expect(commands.at(-1)).toMatchObject({ type });
  });

  it('shows at once that the agent thinks or changes the language', () => {
    const writer = createReplyWriter('turn-1', { streaming, chunkIntervalMs: 30 });
    expect(writer.take({ kind: 'thinking' }, 0)).toEqual([{ type: 'agent-thinking', turnId: 'turn-1' }]);
    expect(writer.take({ kind: 'language', languageCode: 'fr-FR' }, 0)).toEqual([
      { type: 'agent-language', turnId: 'turn-1', languageCode: 'fr-FR' },
    ]);
  });
});

describe('streamed or whole', () => {
  const piece: fc.Arbitrary<Piece> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .oneof(
          fc.constantFrom(
            'Hello ',
            'there. ',
            'And so ',
            'on',
            '! ',
            ' ',
            '\n\n',
            '**bold** ',
            'https://parley.test/a ',
          ),
          fc.string(),
        )
        .map((text) => ({ kind: 'text' as const, text })),
    },
    fc.constant<Piece>({ kind: 'message-break' }),
    fc.constant<Piece>({ kind: 'thinking' }),
    fc.constantFrom('a', 'b').map((title) => ({ kind: 'attachments' as const, attachments: [link(title)] })),
    fc.constantFrom('a', 'b').map((messageText) => ({ kind: 'suggestions' as const, suggestions: [{ messageText }] })),
    fc.constant<Piece>({ kind: 'call-actions', callActions: [call] }),
  );

  it('MSG-083 the user is shown the same messages', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25, size: 'max' }), fc.nat(60), (pieces, gapMs) => {
        const whole = shown(written(pieces, { streaming: false }));
        expect(shown(written(pieces, { streaming: true, gapMs }))).toEqual(whole);
      }),
      { numRuns: 2000, seed: 20260101 },
    );
  });

  it('MSG-082 MSG-085 every streamed message has one last chunk, and nothing comes between its chunks', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25, size: 'max' }), fc.nat(60), (pieces, gapMs) => {
        let isOpen = false;
        for (const command of written(pieces, { gapMs })) {
          if (command.type === 'agent-thinking') continue;
          if (command.type === 'agent-chunk') isOpen = !command.last;
          else expect(isOpen).toBe(false);
        }
      }),
      { numRuns: 1000, seed: 20260101 },
    );
  });
});
