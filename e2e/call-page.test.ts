// Calls on the demo page in a real browser: its microphone beeps, and whom it calls is scripted.
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fakeMicrophone, startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { LocalGateway } from './local-gateway.ts';
import { ScriptedCallee } from './scripted-callee.ts';

const gateway = new LocalGateway();
let browser: Browser;
let chat: DemoChat;
let callee: ScriptedCallee;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser(fakeMicrophone());
});

afterEach(async () => {
  await chat.close();
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

/** A visitor whom Ada has greeted, and a scripted Ada at the other end of the line. */
async function visit(options: BrowserContextOptions = {}): Promise<void> {
  const origin = `http://127.0.0.1:${gateway.port}`;
  chat = await DemoChat.visit(browser, `${origin}/`, options);
  callee = await ScriptedCallee.of(chat.page, origin);
  await chat.hears("I'm Ada");
}

async function call(): Promise<void> {
  await chat.button('Call').click();
  await chat.call.getByText('In a call with Ada').waitFor();
}

/** How loud somebody's meter says they are, 0 to 1. */
function loudness(side: 'caller' | 'agent'): Promise<number> {
  const bars = chat.call.locator(`.meter-${side} .meter-bars`);
  return bars.evaluate((element) => Number(getComputedStyle(element).getPropertyValue('--level')));
}

async function isHeard(side: 'caller' | 'agent'): Promise<void> {
  await expect.poll(() => loudness(side), { timeout: 10_000 }).toBeGreaterThan(0.2);
}

async function isFocused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === document.activeElement)).toBe(true);
}

describe('a call from the page', () => {
  it('is linked to the conversation, then offered with the demo’s token, and heard at both ends', async () => {
    await visit();
    const order: string[] = [];
    chat.page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => order.push(String(payload)));
    });
    await chat.page.reload();
    await chat.hears("I'm Ada");
    await call();
    const [offer] = callee.of('offer');
    expect(offer).toMatchObject({ authToken: 'parley-demo-webrtc-token', sessionId: '' });
    expect(
      order.filter((frame) => frame.includes('LINK_TO_WEBRTC') && frame.includes(String(offer?.callSid))),
    ).toHaveLength(1);
    await isHeard('caller');
    await isHeard('agent');
    const audio = chat.page.locator('audio');
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0);
    await chat.call.getByText('Good connection').waitFor();
    await chat.call
      .getByRole('timer')
      .getByText(/^0:0[1-9]$/)
      .waitFor();
    expect(chat.complaints).toEqual([]);
  });

  it('is muted by a click and by Alt and M, and says so', async () => {
    await visit();
    await call();
    await isHeard('caller');
    const mute = chat.call.getByRole('button', { name: 'Mute' });
    await mute.click();
    await chat.call.getByText("You are muted: Ada can't hear you.").waitFor();
    expect(await mute.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => loudness('caller')).toBe(0);
    await chat.composer.focus();
    await chat.page.keyboard.press('Alt+m');
    expect(await mute.getAttribute('aria-pressed')).toBe('false');
    expect(await chat.composer.inputValue()).toBe('');
  });

  it('sends touch-tones by click and by keyboard', async () => {
    await visit();
    await call();
    const keys = chat.call.getByRole('button', { name: 'Keys' });
    await keys.click();
    await isFocused(chat.call.getByRole('button', { name: '1', exact: true }));
    await chat.page.keyboard.type('1#x');
    await chat.call.getByRole('button', { name: 'Star' }).click();
    expect(await chat.call.getByRole('status', { name: 'Keys pressed' }).innerText()).toBe('1#*');
    await chat.page.keyboard.press('Escape');
    await isFocused(keys);
    expect(await chat.call.getByRole('group', { name: 'Touch-tone keys' }).count()).toBe(0);
  });

  it('leaves room to write', async () => {
    await visit();
    await call();
    await chat.say('Typed during the call');
    await chat.own.filter({ hasText: 'Typed during the call' }).waitFor();
    await chat.call.getByText('In a call with Ada').waitFor();
  });

  it('asks for a click where the browser plays nothing without one', async () => {
    await visit();
    await chat.page.evaluate(() => {
      HTMLAudioElement.prototype.play = () => {
        Reflect.deleteProperty(HTMLAudioElement.prototype, 'play');
        return Promise.reject(new DOMException('', 'NotAllowedError'));
      };
    });
    await call();
    const listen = chat.call.getByRole('button', { name: 'Let Ada be heard' });
    await listen.click();
    await listen.waitFor({ state: 'detached' });
    const audio = chat.page.locator('audio');
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0);
  });

  it('is hung up by a message, and can be made again', async () => {
    await visit();
    await call();
    await chat.call.getByRole('button', { name: 'Hang up' }).click();
    await chat.call.getByText('You have hung up').waitFor();
    expect(callee.of('close')).toMatchObject([{ sessionId: callee.sessionId }]);
    await isFocused(chat.call);
    await chat.button('Call again').click();
    await chat.call.getByText('In a call with Ada').waitFor();
    const [first, second] = callee.of('offer');
    expect(second).toMatchObject({ sessionId: '', callSid: first?.callSid });
  });

  it('ends when the agent hangs up', async () => {
    await visit();
    await call();
    callee.hangUp();
    await chat.call.getByText('Ada has hung up').waitFor();
    await chat.button('Dismiss').click();
    await chat.button('Call').waitFor();
    expect(await chat.call.count()).toBe(0);
  });

  it('outlives its signaling, which comes back with the call’s id', async () => {
    await visit();
    await call();
    await callee.dropSignaling();
    await expect.poll(() => callee.sockets, { timeout: 10_000 }).toBe(2);
    await expect
      .poll(() => callee.received.at(-1))
      .toMatchObject({ type: 'ice-candidate', sessionId: callee.sessionId });
    await chat.call.getByText('In a call with Ada').waitFor();
    callee.hangUp();
    await chat.call.getByText('Ada has hung up').waitFor();
  });

  it('that loses its audio says so, and offers another way for the same call', async () => {
    await visit();
    await call();
    await callee.vanish();
    await chat.call.getByText('Connection interrupted').waitFor();
    await expect.poll(() => callee.of('offer').length, { timeout: 10_000 }).toBe(2);
    expect(callee.of('offer')[1]).toMatchObject({ sessionId: callee.sessionId, authToken: 'parley-demo-webrtc-token' });
  });
});

describe('a call that can not be made', () => {
  it('for want of permission says how to get it, and the chat goes on', async () => {
    await visit();
    await chat.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await chat.button('Call Ada').click();
    await chat.call.getByText("This page isn't allowed to use the microphone").waitFor();
    await chat.call.getByText('Allow it in the settings beside the address').waitFor();
    expect(callee.sockets).toBe(0);
    await chat.say('Then in writing');
    await chat.hears('You wrote: Then in writing');
  });

  it('explains what the microphone is for while the browser asks', async () => {
    await visit();
    await chat.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
    });
    await chat.button('Call').click();
    await chat.call.getByText('Ada hears you during the call only').waitFor();
    await chat.call.getByRole('button', { name: 'Hang up' }).click();
    await chat.call.getByText('You have hung up').waitFor();
  });

  it('because the server refuses says why, and can be tried again', async () => {
    await visit();
    callee.answers = false;
    await chat.button('Call').click();
    await expect.poll(() => callee.of('offer').length).toBe(1);
    callee.refuse('HANDLER_ERROR', 'Gateway busy');
    await chat.call.getByText('Gateway busy. Try again in a moment').waitFor();
    callee.answers = true;
    await chat.button('Try again').click();
    await chat.call.getByText('In a call with Ada').waitFor();
  });
});

describe('on a small screen', () => {
  it('a call with its keys fits 320 px', async () => {
    await visit({ viewport: { width: 320, height: 640 } });
    await call();
    await chat.call.getByRole('button', { name: 'Keys' }).click();
    await chat.call.getByRole('button', { name: 'Hash' }).waitFor();
    expect(await chat.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await chat.composer.isVisible()).toBe(true);
  });
});
