// Calls from the demo page with nothing mocked between microphone and loudspeaker: a real browser plays speech into
// the gateway, which recognises it, answers by the demo agent, and speaks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordSpeech, recordedSpeech } from './agent-recording.ts';
import { fakeMicrophone, startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { LocalGateway } from './local-gateway.ts';
import { hasSpeechPrograms, microphoneFile, recognise } from './speech.ts';

const gateway = new LocalGateway();
const folder = mkdtempSync(join(tmpdir(), 'parley-speech-'));
let browser: Browser;
let chat: DemoChat;

beforeAll(() => gateway.start());

afterEach(async () => {
  await chat.close();
  await browser.close();
});

afterAll(async () => {
  await gateway.remove();
  rmSync(folder, { recursive: true });
});

/** A visitor in a call, after Ada's first words; her greeting stands in the chat. Says something once, so long after the microphone was opened. */
async function call(speech = { words: '', leadMs: 0 }): Promise<void> {
  browser = await startBrowser(fakeMicrophone(microphoneFile(folder, speech)));
  chat = await DemoChat.visit(browser, `http://127.0.0.1:${gateway.port}/`);
  await chat.hears("I'm Ada");
  await chat.button('Call').click();
  await chat.call.getByText('In a call with Ada').waitFor();
  await saysAloud('Now we can talk.');
}

/** Waits until Ada has said something with this in it, all of it, aloud. */
async function saysAloud(text: string | RegExp): Promise<void> {
  const finished = chat.spoken.and(chat.log.locator('article[aria-busy=false]'));
  await finished.filter({ hasText: text }).waitFor({ timeout: 20_000 });
}

describe.runIf(hasSpeechPrograms())('speech', () => {
  it('is understood, answered aloud, written down in the chat, and brings a person', async () => {
    await call({ words: 'I want to talk to a human', leadMs: 8_000 });
    await recordSpeech(chat.page);
    const own = chat.own.filter({ hasText: /i want to talk to a human/i });
    await own.getByText('Spoken').waitFor({ timeout: 20_000 });
    await saysAloud('Let me fetch a colleague for you.');
    await chat.log.getByText('Handing over to a person').waitFor();
    await chat.page.getByRole('status', { name: 'Hand-off' }).getByText('General Support').waitFor();
    const heard = recognise(folder, await recordedSpeech(chat.page), [
      'let me fetch a colleague for you',
      'you can call us on weekdays',
      'you can find us in two places',
      'goodbye it was nice talking to you',
    ]);
    expect(heard).toContain('let me fetch a colleague for you');
  });
});

describe.runIf(hasSpeechPrograms())('a caller who says nothing', () => {
  it('presses a key, is answered aloud, and hangs up', async () => {
    await call();
    await chat.call.getByRole('button', { name: 'Keys' }).click();
    await chat.call.getByRole('button', { name: '1', exact: true }).click();
    await chat.own.getByText('Keys pressed').waitFor();
    await saysAloud('We are open from Monday to Friday');
    await chat.call.getByRole('button', { name: 'Hang up' }).click();
    await chat.call.getByText('You have hung up').waitFor();
    await chat.page.getByText('You ended this conversation.').waitFor();
    expect(chat.complaints).toEqual([]);
  });

  it('writes, is answered aloud, and finds the next call in a new conversation', async () => {
    await call();
    await chat.say('Goodbye');
    await chat.own.filter({ hasText: 'Goodbye' }).getByText('Sent').waitFor();
    await saysAloud('Goodbye, it was nice talking to you!');
    await chat.call.getByText('Ada has hung up').waitFor({ timeout: 20_000 });
    await chat.page.getByText('This conversation is over.').waitFor();
    await chat.button('Call again').click();
    await chat.call.getByText('In a call with Ada').waitFor();
    await saysAloud(/I'm Ada|Now we can talk/);
    expect(await chat.log.getByText('nice talking to you').count()).toBe(0);
  });
});
