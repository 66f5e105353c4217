import { describe, expect, it } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { paperVoice } from '../dialogue/speech-services.ts';
import { realtimeCall, type RealtimeCall } from './realtime-call.ts';

const phrases = phrasesFor('en');

/** Waits until the caller has been silent for so long that something follows. */
async function staySilent(call: RealtimeCall): Promise<void> {
  await call.pass(200);
  await call.wait(10_100);
}

describe('a silent caller', () => {
  it('is asked three times whether he is there, then told goodbye', async () => {
    const voice = paperVoice();
    const call = await realtimeCall({ textToSpeech: voice });
    for (let prompt = 0; prompt < 3; prompt++) {
      await staySilent(call);
      await call.untilSilent();
    }
    expect(call.asked).toEqual([]);
    await staySilent(call);
    expect(call.asked).toEqual([]);
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: silence']);
    const { stillThere, goodbyeAfterSilence } = phrases;
    expect(call.transcript).toEqual(
      [stillThere, stillThere, stillThere, goodbyeAfterSilence].map((said) => `agent: ${said}`),
    );
  });

  it('is asked by the model where there is no voice', async () => {
    const call = await realtimeCall({ reply: () => ({ text: 'Hello?' }) });
    await staySilent(call);
    const { response } = await call.upstream.next('response.create');
    expect(response?.instructions).toContain('whether they are still there');
    await call.untilSilent();
    expect(call.transcript).toEqual(['agent: Hello?']);
  });

  it('is asked from the beginning after he has spoken', async () => {
    const call = await realtimeCall({ textToSpeech: paperVoice() });
    for (let round = 0; round < 3; round++) {
      for (let prompt = 0; prompt < 2; prompt++) {
        await staySilent(call);
        await call.untilSilent();
      }
      await call.say();
      await call.untilSilent();
    }
    expect(call.asked).toEqual([]);
  });

  it('isn’t asked while the media path is interrupted', async () => {
    const call = await realtimeCall({ textToSpeech: paperVoice() });
    await call.pass(200);
    call.dialogue.suspend();
    await call.wait(60_000);
    expect(call.transcript).toEqual([]);
    call.dialogue.resume();
    await staySilent(call);
    await call.untilSilent();
    expect(call.transcript).toEqual([`agent: ${phrases.stillThere}`]);
  });
});

describe('an announcement', () => {
  it('is said in its very words after what is being said, and the model learns of it', async () => {
    const voice = paperVoice();
    const call = await realtimeCall({ textToSpeech: voice, reply: () => ({ text: 'We are open.' }) });
    await call.say();
    const announced = call.dialogue.announce('One minute is left. Please hurry.', { interruptible: false });
    await call.untilSilent();
    await announced;
    expect(voice.asked.map(({ text }) => text)).toEqual(['One minute is left.', 'Please hurry.']);
    expect(call.transcript.slice(1)).toEqual(['agent: We are open.', 'agent: One minute is left. Please hurry.']);
    const { item } = await call.upstream.next('conversation.item.create');
    const content = [{ type: 'output_text', text: 'One minute is left. Please hurry.' }];
    expect(item).toMatchObject({ role: 'assistant', content });
  });

  it('is said by the model where there is no voice, or the voice breaks', async () => {
    const voice = paperVoice();
    voice.speak = () => {
      throw new Error('no voice today');
    };
    for (const textToSpeech of [undefined, voice]) {
      const call = await realtimeCall({
        ...(textToSpeech && { textToSpeech }),
        reply: () => ({ text: 'One minute is left.' }),
      });
      const announced = call.dialogue.announce('One minute is left.', { interruptible: false });
      const { response } = await call.upstream.next('response.create');
      expect(response).toMatchObject({
        instructions: expect.stringContaining('One minute is left.'),
        tool_choice: 'none',
      });
      await call.untilSilent();
      await announced;
      expect(call.transcript).toEqual(['agent: One minute is left.']);
    }
  });

  it('that may be interrupted stops when the caller speaks, journaled as far as it was heard', async () => {
    const call = await realtimeCall({ textToSpeech: paperVoice() });
    const announced = call.dialogue.announce('This call may be recorded for purposes of training.', {
      interruptible: true,
    });
    await call.pass(1_000);
    await call.speak(80);
    await announced;
    expect(call.mouth.isSpeaking).toBe(false);
    expect(call.transcript[0]).toMatch(/^agent: This call may/);
    expect(call.transcript[0]).not.toContain('training');
  });

  it('that mustn’t be interrupted goes on when the caller speaks', async () => {
    const call = await realtimeCall({ textToSpeech: paperVoice() });
    const announced = call.dialogue.announce('This call is recorded.', { interruptible: false });
    await call.pass(300);
    await call.speak(80);
    expect(call.mouth.isSpeaking).toBe(true);
    await call.untilSilent();
    await announced;
    expect(call.transcript[0]).toBe('agent: This call is recorded.');
  });

  it('is over at once when the call is closed', async () => {
    const call = await realtimeCall();
    const announced = call.dialogue.announce('One minute is left.', { interruptible: false });
    call.dialogue.close();
    await announced;
    await call.dialogue.announce('Hello?', { interruptible: false });
    expect(call.transcript).toEqual([]);
  });
});
