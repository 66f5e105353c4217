import { describe, expect, it } from 'vitest';
import { LAG_MS } from '../dialogue/paper-mouth.ts';
import type { Reply } from '../realtime-server/server-script.ts';
import { realtimeCall, type RealtimeCall, type RealtimeCallOptions } from './realtime-call.ts';

const story = 'Once upon a time there was a king. He had three daughters. The youngest was fair.';
const storyMs = story.length * 60;

/** A call in which the agent has told so much of a long answer. */
async function storyAfter(
  ms: number,
  reply: Partial<Reply> = {},
  more: RealtimeCallOptions = {},
): Promise<RealtimeCall> {
  const first = { text: story, ...reply };
  const call = await realtimeCall({ reply: ({ index }) => (index === 0 ? first : { text: 'Go on.' }), ...more });
  await call.say();
  while (call.mouth.soundedMs < ms) await call.pass(20);
  return call;
}

describe('a caller who interrupts', () => {
  it('silences the agent at once, and the model is told how much was heard (VOX-093)', async () => {
    const call = await storyAfter(1_000);
    await call.speak(80);
    expect(call.mouth.isSpeaking).toBe(false);
    const { item_id, content_index, audio_end_ms } = await call.upstream.next('conversation.item.truncate');
    expect(item_id).toMatch(/^item_/);
    expect(content_index).toBe(0);
    expect(audio_end_ms).toBe(call.mouth.soundedMs - LAG_MS);
    expect(call.mouth.soundedMs).toBeLessThanOrEqual(1_080);
  });

  it('never has more truncated than was received (VOX-093)', async () => {
    const call = await storyAfter(200, { stop: { afterMs: 200 } });
    // As if the network had taken frames that nobody had given it.
    call.mouth.playedMs = () => 10_000;
    await call.speak(80);
    expect((await call.upstream.next('conversation.item.truncate')).audio_end_ms).toBe(200);
  });

  it('never hears what comes late of the interrupted response (VOX-094)', async () => {
    const call = await storyAfter(300, { stop: { afterMs: 600 } });
    await call.speak(80);
    const { soundedMs } = call.mouth;
    const { item_id } = await call.upstream.next('conversation.item.truncate');
    const place = { response_id: call.upstream.responseIds[0] ?? '', item_id, output_index: 0, content_index: 0 };
    const delta = Buffer.alloc(4_800).toString('base64');
    call.upstream.send({ type: 'response.output_audio.delta', ...place, delta });
    call.upstream.send({ type: 'response.output_audio_transcript.delta', ...place, delta: 'never heard' });
    await call.pass(400);
    expect(call.mouth.soundedMs).toBe(soundedMs);
    expect(call.transcript.join()).not.toContain('never heard');
  });

  it('leaves in the journal what was heard, and nothing else (VOX-120)', async () => {
    const call = await storyAfter(1_500);
    await call.speak(80);
    const [, heard = ''] = call.transcript;
    expect(`agent: ${story}`.startsWith(heard)).toBe(true);
    const heardMs = ((heard.length - 'agent: '.length) / story.length) * storyMs;
    expect(heardMs).toBeLessThanOrEqual(call.mouth.soundedMs - LAG_MS);
    expect(heardMs).toBeGreaterThan(call.mouth.soundedMs - LAG_MS - 600);
    expect(call.conversation.session.state.openMessage).toBeNull();
  });

  it('is answered when he has spoken', async () => {
    const call = await storyAfter(
      1_000,
      {},
      { recognise: (index) => ({ text: index === 0 ? 'A story!' : 'And then?' }) },
    );
    await call.say();
    await call.untilSilent();
    expect(call.transcript.slice(-2)).toEqual(['user: And then?', 'agent: Go on.']);
  });

  it('has nothing cancelled that the model has cancelled by itself', async () => {
    const call = await storyAfter(300, { stop: { afterMs: 600 } });
    await call.speak(80);
    expect(call.upstream.received.map(({ type }) => type)).not.toContain('response.cancel');
  });

  it('cancels by key what is still being made', async () => {
    const call = await storyAfter(300, { stop: { afterMs: 600 } });
    call.dialogue.press('1');
    await call.upstream.next('response.cancel');
    await call.upstream.next('conversation.item.truncate');
  });

  it('truncates nothing of what he has heard to its end', async () => {
    const call = await realtimeCall({ reply: () => ({ text: 'Yes.' }) });
    await call.say();
    await call.untilSilent();
    await call.speak(80);
    expect(call.upstream.received.map(({ type }) => type)).not.toContain('conversation.item.truncate');
    expect(call.transcript).toEqual(['user: hello', 'agent: Yes.']);
  });

  it('is measured from his first speech to the agent’s silence', async () => {
    const call = await storyAfter(1_000);
    await call.speak(100);
    const found = call.measured.find(({ what }) => what === 'barge-in');
    expect(found?.ms).toBeGreaterThanOrEqual(0);
    expect(found?.ms).toBeLessThanOrEqual(80);
  });
});

describe('a caller who may not interrupt', () => {
  const interruption = { enabled: true, minSpeechMs: 200, onGreeting: false };

  it('hears the greeting to its end, and is answered then (VOX-095)', async () => {
    const call = await realtimeCall({
      settings: { greeting: true, interruption },
      reply: ({ index }) => ({ text: index === 0 ? 'Welcome to the shop. What can I do for you?' : 'We are open.' }),
    });
    expect(call.upstream.settings.audio?.input?.turn_detection).toMatchObject({
      create_response: false,
      interrupt_response: false,
    });
    await call.pass(200);
    await call.say();
    expect(call.mouth.isSpeaking).toBe(true);
    await call.untilSilent();
    await call.untilSilent();
    expect(call.transcript).toEqual([
      'agent: Welcome to the shop. What can I do for you?',
      'user: hello',
      'agent: We are open.',
    ]);
    expect(call.upstream.received.map(({ type }) => type)).not.toContain('conversation.item.truncate');
    expect(call.upstream.settings.audio?.input?.turn_detection).toMatchObject({ interrupt_response: true });
  });

  it('never may where interruption is off: every answer is asked for when the agent has been heard', async () => {
    const call = await storyAfter(500, {}, { settings: { interruption: { ...interruption, enabled: false } } });
    await call.say();
    expect(call.mouth.isSpeaking).toBe(true);
    await call.untilSilent();
    await call.untilSilent();
    expect(call.transcript.slice(1)).toEqual([`agent: ${story}`, 'user: hello', 'agent: Go on.']);
  });
});
