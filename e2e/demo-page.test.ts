// The demo page in a real browser, against a real gateway.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faintTexts, namelessControls } from './accessibility.ts';
import { startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { LocalGateway } from './local-gateway.ts';

const gateway = new LocalGateway();
let browser: Browser;
let chat: DemoChat;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser();
});

afterEach(async () => {
  await chat.close();
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

/** A visitor whom Ada has greeted. */
async function visit(options: BrowserContextOptions = {}): Promise<DemoChat> {
  chat = await DemoChat.visit(browser, `http://127.0.0.1:${gateway.port}/`, options);
  await chat.hears("I'm Ada");
  return chat;
}

/** Presses Tab so many times; the names of what has the focus after each. */
async function tab(times: number, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
  const names: string[] = [];
  while (names.length < times) {
    await chat.page.keyboard.press(key);
    const focused = chat.page.locator(':focus');
    names.push((await focused.getAttribute('aria-label')) ?? (await focused.innerText()));
  }
  return names;
}

describe('a newcomer', () => {
  it('is greeted, takes a suggestion, and is answered', async () => {
    await visit();
    await chat.button('Show me your locations').click();
    await chat.hears('You can find us in two places');
    expect(await chat.own.count()).toBe(1);
    await chat.own.getByText('Sent', { exact: true }).waitFor();
    expect(await chat.page.getByRole('group', { name: 'Suggested replies' }).count()).toBe(0);
  });

  it('sends with Enter and breaks lines with Shift and Enter', async () => {
    await visit();
    await chat.composer.fill('one');
    await chat.composer.press('Shift+Enter');
    await chat.composer.pressSequentially('two');
    expect(await chat.own.count()).toBe(0);
    await chat.composer.press('Enter');
    await chat.hears(/You wrote: one\s*two/);
    expect(await chat.composer.inputValue()).toBe('');
  });

  it('sees cards that open elsewhere, and a button that calls', async () => {
    await visit();
    await chat.say('Show me your locations');
    const cards = (await chat.hears('two places')).getByRole('link');
    expect(await cards.count()).toBe(2);
    expect(await cards.first().getAttribute('target')).toBe('_blank');
    expect(await cards.first().getAttribute('rel')).toContain('noopener');
    await chat.say('What is your phone number?');
    const call = chat.log.getByRole('link', { name: /Call us/ });
    expect(await call.getAttribute('href')).toBe('tel:+442071234567');
  });

  it('is told of thinking, languages, errors and hand-offs in the conversation', async () => {
    await visit();
    await chat.say('Answer slowly, please');
    const dots = chat.log.locator('[data-activity=thinking]');
    await dots.waitFor();
    await chat.page.getByText('is thinking…').waitFor();
    await chat.hears('three seconds');
    expect(await dots.count()).toBe(0);
    await chat.say("Let's speak French");
    await chat.log.getByText('Language: French (France)').waitFor();
    const answer = await chat.hears('parlons français');
    expect(await answer.locator('[lang]').getAttribute('lang')).toBe('fr-FR');
    await chat.say('Simulate an error');
    await chat.log.getByText('Sorry, I encountered an error. Please try again.').waitFor();
    await chat.say('Take me outside this chat');
    const handoff = chat.page.getByRole('status', { name: 'Hand-off' });
    await handoff.getByText('Support Queue will help you outside this chat.').waitFor();
    expect(await handoff.getByRole('link').getAttribute('href')).toBe('https://example.com/support');
  });

  it('finds the conversation again after a reload', async () => {
    await visit();
    await chat.say('Remember this');
    await chat.hears('You wrote: Remember this');
    await chat.page.reload();
    await chat.hears('You wrote: Remember this');
    expect(await chat.own.count()).toBe(1);
    expect(await chat.log.getByText('Ada joined').count()).toBe(1);
  });

  it('ends the conversation, keeps it in sight, and starts a new one', async () => {
    await visit();
    await chat.say('Hello');
    await chat.hears('You wrote: Hello');
    await chat.button('End conversation').click();
    await chat.page.getByText('You ended this conversation.').waitFor();
    expect(await chat.composer.isDisabled()).toBe(true);
    expect(await chat.own.count()).toBe(1);
    await chat.button('Start a new conversation').click();
    await chat.hears("I'm Ada");
    expect(await chat.own.count()).toBe(0);
    await expect.poll(() => chat.composer.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('is told when there is no demo', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/demo/config.json', (route) => route.fulfill({ status: 404 }));
    await page.goto(`http://127.0.0.1:${gateway.port}/`);
    await page.getByRole('heading', { name: 'The demo is off' }).waitFor();
    await context.close();
    await visit();
  });
});

describe('text that streams in', () => {
  it('grows in sight, and is read out once, when it is whole', async () => {
    await visit();
    await chat.say('Tell me a long story');
    const streaming = chat.log.locator('article[aria-busy=true]');
    await streaming.filter({ hasText: 'Once upon a time' }).waitFor();
    expect(await chat.announcements.innerText()).not.toContain('Once upon a time');
    await chat.hears('and for a second tune.');
    const lines = chat.announcements.getByText('Once upon a time');
    await lines.filter({ hasText: 'and for a second tune.' }).waitFor({ state: 'attached' });
    expect(await lines.count()).toBe(1);
    expect(await chat.log.getAttribute('aria-live')).toBe('off');
  });
});

describe('hostile texts', () => {
  it('are shown and never run', async () => {
    await visit();
    await chat.say('<img src=x onerror="document.title=1"> [click](javascript:document.title=2) **bold**');
    const answer = await chat.hears('You wrote:');
    expect(await answer.locator('.bubble img').count()).toBe(0);
    expect(await answer.locator('.bubble a[href]').count()).toBe(0);
    expect(await answer.locator('.bubble strong').innerText()).toBe('bold');
    expect(await chat.own.locator('img').count()).toBe(0);
    expect(await chat.page.title()).toBe('Parley');
  });

  it('the page obeys a strict content security policy', async () => {
    await visit();
    await chat.say('Show me your locations');
    await chat.hears('two places');
    const response = await chat.page.request.get(`http://127.0.0.1:${gateway.port}/`);
    expect(response.headers()['content-security-policy']).toContain("default-src 'self'");
    expect(chat.complaints).toEqual([]);
  });
});

describe('on any screen', () => {
  it('fits 320 px, with the developer panel as a sheet that Escape closes', async () => {
    await visit({ viewport: { width: 320, height: 640 } });
    await chat.say('Show me your locations');
    await chat.hears('two places');
    expect(await chat.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const opener = chat.button('Developers');
    await opener.click();
    const sheet = chat.page.getByRole('dialog', { name: 'For developers' });
    await sheet.getByText('Connector token').waitFor();
    await chat.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('can be talked to by keyboard alone', async () => {
    await visit();
    await chat.page.context().route('https://example.com/**', (route) => route.fulfill({ body: 'elsewhere' }));
    const { keyboard } = chat.page;
    expect(await tab(1)).toEqual(['Skip to the chat']);
    await keyboard.press('Enter');
    expect(await tab(6)).toEqual([
      'End conversation',
      'Call',
      'Conversation',
      'What Ada can do: Read more',
      'Call Ada',
      'Send me a link',
    ]);
    expect(await tab(1)).toEqual(['Show me your locations']);
    await keyboard.press('Enter');
    await chat.hears('two places');
    expect(await tab(1)).toEqual(['Message']);
    await keyboard.type('Hello');
    expect(await tab(1)).toEqual(['Send']);
    await keyboard.press('Enter');
    await chat.hears('You wrote: Hello');
    expect(await tab(2, 'Shift+Tab')).toEqual(['Garden Square 12: Open the picture', 'Harbour Street 1: Open the map']);
    const opened = chat.page.context().waitForEvent('page');
    await keyboard.press('Enter');
    expect((await opened).url()).toBe('https://example.com/locations/harbour-street');
  });

  it('keeps the colours that were chosen, and is readable and named in both', async () => {
    await visit({ colorScheme: 'light' });
    await chat.say('Show me your locations');
    await chat.say('What is your phone number?');
    await chat.hears('on weekdays');
    const ground = (): Promise<string> =>
      chat.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    expect(await faintTexts(chat.page)).toEqual([]);
    expect(await namelessControls(chat.page)).toEqual([]);
    await chat.button('Switch to dark colours').click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    expect(await faintTexts(chat.page)).toEqual([]);
    expect(await namelessControls(chat.page)).toEqual([]);
    await chat.page.reload();
    await chat.hears("I'm Ada");
    expect(await ground()).toBe(dark);
  });
});

describe('the developer panel', () => {
  it('says what a hint says', async () => {
    await visit();
    await chat.page.getByRole('button', { name: 'What is your phone number?' }).click();
    await chat.hears('You can call us on weekdays.');
  });

  it('its JavaScript sample talks to the agent as it stands', async () => {
    await visit();
    await chat.page.getByRole('tab', { name: 'JavaScript' }).click();
    const code = await chat.page.getByRole('tabpanel').locator('code').innerText();
    const answered = chat.page.waitForEvent('console', {
      predicate: async (message) => {
        const [event] = await Promise.all(message.args().map((arg) => arg.jsonValue()));
        return JSON.stringify(event).includes('Monday to Friday');
      },
    });
    await chat.page.evaluate(`(async () => {${code}})()`);
    await answered;
  });
});
