// The demo page when the network or the server fails in mid-conversation.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { LocalGateway } from './local-gateway.ts';
import { UnreliableNetwork } from './unreliable-network.ts';

const gateway = new LocalGateway();
let browser: Browser;
let network: UnreliableNetwork;
let chat: DemoChat;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser();
});

beforeEach(async () => {
  network = await UnreliableNetwork.to(gateway.port);
  chat = await DemoChat.visit(browser, network.url);
  await chat.hears("I'm Ada");
});

afterEach(async () => {
  await chat.close();
  await network.close();
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

/** The texts of the conversation from the visitor's first word on. */
async function conversation(): Promise<string[]> {
  const texts = await chat.log.locator('.bubble').allInnerTexts();
  return texts.slice(1).map((text) => text.replace(/\s+/g, ' ').trim());
}

describe('a network that drops', () => {
  it('is told honestly, and a message written meanwhile arrives once', async () => {
    await chat.say('Before');
    await chat.hears('You wrote: Before');
    network.cut();
    await chat.banner.getByText(/Connection lost\. Trying again/).waitFor();
    await chat.say('Meanwhile');
    await chat.own.last().getByText('Waiting for the connection').waitFor();
    network.mend();
    await chat.button('Retry now').click();
    await chat.hears('You wrote: Meanwhile');
    await chat.banner.waitFor({ state: 'detached' });
    expect(await conversation()).toEqual(['Before', 'You wrote: Before', 'Meanwhile', 'You wrote: Meanwhile']);
  });

  it('in the middle of a stream loses none of it', async () => {
    await chat.say('Tell me a long story');
    await chat.log.locator('article[aria-busy=true]').filter({ hasText: 'Once upon a time' }).waitFor();
    network.cut();
    await chat.banner.waitFor();
    network.mend();
    await chat.hears('and for a second tune.');
    const [, story = ''] = await conversation();
    expect(story).toMatch(/^Once upon a time .* second tune\.$/);
    expect(story.split(' ').length).toBeGreaterThan(120);
  });

  it('a network that falls silent is found out, and what was lost in it is sent again when the user wants it', async () => {
    await chat.page.clock.install();
    network.silence();
    await chat.say('Into the void');
    const lost = chat.own.filter({ hasText: 'Into the void' });
    await lost.getByText('Sending…').waitFor();
    await chat.page.clock.runFor(36_000);
    await lost.getByText('Not delivered: the server did not answer').waitFor();
    await chat.page.evaluate(() => dispatchEvent(new Event('offline')));
    await chat.say('Anybody there?');
    await chat.page.clock.runFor(5_000);
    await chat.hears('You wrote: Anybody there?');
    await lost.getByRole('button', { name: 'Try again' }).click();
    await chat.hears('You wrote: Into the void');
    await lost.getByText('Sent', { exact: true }).waitFor();
    expect(await conversation()).toEqual([
      'Anybody there?',
      'You wrote: Anybody there?',
      'Into the void',
      'You wrote: Into the void',
    ]);
  });

  it('gives up in the end, and goes on when the user wants it', async () => {
    await chat.page.clock.install();
    network.cut();
    await chat.banner.getByText(/Trying again/).waitFor();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await chat.page.clock.runFor(31_000);
    }
    await chat.banner.getByText('Connection lost. We have stopped trying.').waitFor();
    network.mend();
    await chat.button('Try again').click();
    await chat.banner.waitFor({ state: 'detached' });
  });
});

describe('a server that restarts', () => {
  it('in the middle of the conversation finds it again, and answers on', async () => {
    await chat.say('Before the restart');
    await chat.hears('You wrote: Before the restart');
    await gateway.stop();
    await chat.banner.waitFor();
    await chat.say('During the restart');
    await gateway.start();
    await chat.hears('You wrote: During the restart');
    expect(await conversation()).toEqual([
      'Before the restart',
      'You wrote: Before the restart',
      'During the restart',
      'You wrote: During the restart',
    ]);
    await chat.page.reload();
    await chat.hears('You wrote: During the restart');
    expect(await chat.log.getByText('Ada joined').count()).toBe(1);
  });
});
