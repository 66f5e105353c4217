import { describe, expect, it } from 'vitest';
import { realtimeCall } from './realtime-call.ts';

const greets = { settings: { greeting: true } };

describe('the beginning of a call', () => {
  it('configures the model before anything else: instructions, tools, audio, and who takes turns', async () => {
    const call = await realtimeCall();
    expect(call.upstream.settings).toMatchObject({
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: expect.stringMatching(/^You are Ada\./),
      tool_choice: 'auto',
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24_000 },
          transcription: { language: 'en' },
          turn_detection: {
            type: 'server_vad',
            silence_duration_ms: 548,
            create_response: true,
            interrupt_response: true,
          },
        },
        output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin' },
      },
    });
    const { tools = [] } = call.upstream.settings;
    expect(tools.map((tool) => ('name' in tool ? tool.name : ''))).toEqual(['end_call', 'hand_off', 'set_language']);
  });

  it('has the model greet, and journals the greeting as it is heard', async () => {
    const call = await realtimeCall({ ...greets, reply: () => ({ text: 'Hello. How can I help you?' }) });
    const { response } = await call.upstream.next('response.create');
    expect(response?.instructions).toMatch(/^You are Ada\.[^]*Greet the caller/);
    await call.pass(400);
    expect(call.transcript).toEqual([]);
    await call.pass(400);
    expect(call.transcript).toEqual(['agent: Hello.']);
    await call.untilSilent();
    expect(call.transcript).toEqual(['agent: Hello. How can I help you?']);
  });

  it('says nothing when the agent doesn’t speak first', async () => {
    const call = await realtimeCall();
    await call.pass(1000);
    expect(call.upstream.received.map(({ type }) => type)).toEqual(['session.update']);
  });

  it('sends 20 ms of audio for 20 ms of call, silence where nothing came', async () => {
    const call = await realtimeCall();
    await call.pass(200);
    await call.speak(100);
    expect(call.upstream.heardMs).toBe(300);
  });
});

describe('a turn', () => {
  it('is the caller’s words, then the answer, both marked as spoken', async () => {
    const call = await realtimeCall({
      recognise: () => ({ text: 'When are you open?' }),
      reply: () => ({ text: 'From nine to five.' }),
    });
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: When are you open?', 'agent: From nine to five.']);
    const { lines } = call.conversation.session.transcript;
    expect(lines.map(({ custom }) => custom)).toEqual([{ channel: 'voice' }, { channel: 'voice' }]);
    expect(call.conversation.lines).toContain('~ poly-agent-thinking');
    expect(call.house.responder.openTurns).toBe(0);
  });

  it('is journaled in its order although the words are recognised late', async () => {
    const call = await realtimeCall({ recognise: () => 'waits', reply: () => ({ text: 'Yes. We are open.' }) });
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual([]);
    call.upstream.recognised('Are you open?');
    await call.inStep();
    expect(call.transcript).toEqual(['user: Are you open?', 'agent: Yes. We are open.']);
  });

  it('is journaled without the caller’s words when they can’t be recognised, or not within 2 s', async () => {
    for (const recognise of [() => 'fails' as const, () => 'waits' as const]) {
      const call = await realtimeCall({ recognise, reply: () => ({ text: 'Pardon?' }) });
      await call.say();
      await call.pass(2_000);
      expect(call.transcript).toEqual(['agent: Pardon?']);
    }
  });

  it('is journaled as whole messages where the session doesn’t stream', async () => {
    const call = await realtimeCall({ streaming: false, reply: () => ({ text: 'Yes. We are open.' }) });
    await call.say();
    await call.untilSilent();
    expect(call.conversation.lines.filter((line) => line.includes('agent-message'))).toEqual([
      expect.stringMatching(/poly-agent-message$/),
    ]);
    expect(call.transcript).toEqual(['user: hello', 'agent: Yes. We are open.']);
  });

  it('works with event names from before general availability', async () => {
    const call = await realtimeCall({ oldNames: true, reply: () => ({ text: 'Yes.' }) });
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: Yes.']);
  });

  it('is measured: the pause, the recognition, and the time to the first audio', async () => {
    const call = await realtimeCall();
    await call.say();
    await call.untilSilent();
    const measured = Object.fromEntries(call.measured.map(({ what, ms }) => [what, ms]));
    expect(measured['endpointing']).toBeCloseTo(548, -2);
    expect(measured['first-audio']).toBeCloseTo(568, -2);
    expect(measured['transcript']).toBe(0);
  });
});

describe('other input', () => {
  it('of the keys is journaled as digits, silences the agent and is answered', async () => {
    const call = await realtimeCall({
      reply: ({ index }) => ({ text: index === 0 ? 'A long story.' : 'Nine to five.' }),
    });
    await call.say();
    expect(call.mouth.isSpeaking).toBe(true);
    call.dialogue.press('1');
    expect(call.mouth.isSpeaking).toBe(false);
    call.dialogue.press('#');
    const { item } = await call.upstream.next('conversation.item.create');
    expect(JSON.stringify(item)).toContain('pressed these keys of the telephone: 1');
    await call.upstream.next('response.create');
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'user: 1', 'agent: Nine to five.']);
    const digits = call.conversation.session.transcript.lines.find(({ text }) => text === '1');
    expect(digits?.custom).toEqual({ channel: 'voice', input: 'dtmf' });
  });

  it('that is typed is given to the model, and answered aloud once', async () => {
    const call = await realtimeCall({ reply: () => ({ text: 'Thank you.' }) });
    await call.conversation.say('My number is 42');
    const { item } = await call.upstream.next('conversation.item.create');
    expect(item).toMatchObject({ role: 'user', content: [{ type: 'input_text', text: 'My number is 42' }] });
    await call.upstream.next('response.create');
    await call.untilSilent();
    await call.pass(200);
    expect(call.transcript).toEqual(['user: My number is 42', 'agent: Thank you.']);
    expect(call.upstream.received.filter(({ type }) => type === 'response.create')).toHaveLength(1);
  });
});
