// The queue as both sides see it in a real browser: places, names, colours, and how a person is told of who waits.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { addDeskPerson } from './desk-people.ts';
import { DeskWindow } from './desk-window.ts';
import { LocalGateway } from './local-gateway.ts';
import { nameVisitor } from './verified-name.ts';

const QUEUE = '<i>Help</i> &amp; <img src=x onerror="document.title=1">';
const PERSON = '<b onmouseover="document.title=2">Noor</b>';
const VISITOR = '<script>document.title=3</script>Vi';

const key = { kid: 'k1', secret: 'a secret of the shop and the gateway' };
const gateway = new LocalGateway({
  connectors: [{ id: 'demo', token: 'parley-demo-token', hosts: ['127.0.0.1'], agent: 'demo', contextKeys: [key] }],
  handoff: { queues: { odd: { name: QUEUE } } },
});
let browser: Browser;
let first: DemoChat;
let second: DemoChat;
let desk: DeskWindow;

beforeAll(async () => {
  await gateway.start();
  browser = await startBrowser();
  [desk, first] = await Promise.all([deskOf({ id: 'noor', name: PERSON }), visitor()]);
  await askForHuman(first);
  second = await visitor();
  await askForHuman(second);
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

function origin(): string {
  return `http://127.0.0.1:${gateway.port}`;
}

async function deskOf(person: { id: string; name: string }): Promise<DeskWindow> {
  const added = await addDeskPerson(gateway, person);
  const window = await DeskWindow.open(browser, origin(), { colorScheme: 'dark' });
  await window.signIn(added);
  await window.beAvailable();
  return window;
}

async function visitor(): Promise<DemoChat> {
  const chat = await DemoChat.visit(browser, `${origin()}/`);
  await chat.hears("I'm Ada");
  return chat;
}

async function askForHuman(chat: DemoChat): Promise<void> {
  await chat.say('I want to talk to a human');
  await banner(chat).getByText('Waiting for').waitFor();
}

function banner({ page }: DemoChat): ReturnType<DemoChat['page']['getByRole']> {
  return page.getByRole('status', { name: 'Hand-off' });
}

describe('while two visitors wait', () => {
  it('each sees their own place', async () => {
    await banner(first).getByText('You are next').waitFor();
    await banner(second).getByText('You are number 2 in line').waitFor();
  });

  it('the desk is dark for those who want it dark, and light for the others', async () => {
    await desk.waiting.first().waitFor();
    const dark = await brightness(desk);
    expect(dark.ground).toBeLessThan(0.2);
    expect(dark.name).toBeGreaterThan(0.7);
    await desk.page.emulateMedia({ colorScheme: 'light' });
    const light = await brightness(desk);
    expect(light.ground).toBeGreaterThan(0.8);
    expect(light.name).toBeLessThan(0.3);
  });

  it('a new one is heard at the desk, and notified of where the desk is out of sight', async () => {
    await desk.page.addInitScript(countTellings);
    await desk.page.reload();
    await desk.button(`${PERSON}: settings and sign-out`).click();
    await desk.dialog.getByRole('switch', { name: 'Notifications' }).click();
    await desk.dialog.getByRole('switch', { name: 'Notifications', checked: true }).waitFor();
    await desk.page.keyboard.press('Escape');

    const third = await visitor();
    await askForHuman(third);
    await expect.poll(() => tellings(desk)).toEqual({ asked: 1, tones: 2, notifications: [] });
    await desk.button('Turn sound off').click();
    await desk.page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true }));
    await third.button('End conversation').click();
    await third.button('Start a new conversation').click();
    await third.hears("I'm Ada");
    await askForHuman(third);
    const notification = expect.stringMatching(/^Visitor \w{4} is waiting in General Support$/);
    await expect.poll(() => tellings(desk)).toEqual({ asked: 1, tones: 2, notifications: [notification] });
    await third.close();
  });

  it('names of visitors, queues and people are text, whatever is in them', async () => {
    const named = await visitor();
    await nameVisitor(named, { name: VISITOR, origin: origin(), key });
    await askForHuman(named);
    await desk.waiting.getByText(VISITOR, { exact: true }).click();
    await desk.head.getByText(VISITOR).first().waitFor();
    await desk.waiting.getByRole('button', { name: `Accept ${VISITOR}` }).click();
    await named.log.getByText(`${PERSON} joined`).waitFor();
    await desk.button(`${PERSON}: settings and sign-out`).click();
    await desk.dialog.getByRole('heading', { name: PERSON }).waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.button('Transfer').first().click();
    await desk.dialog.getByRole('button', { name: QUEUE }).click();
    await banner(named).getByText(`Waiting for ${QUEUE}`).waitFor();
    await desk.waiting.filter({ hasText: VISITOR }).getByText(QUEUE).waitFor({ state: 'attached' });
    for (const { page, complaints } of [desk, named]) {
      expect(await page.locator('i, b, img[src=x]').count()).toBe(0);
      expect(['1', '2', '3']).not.toContain(await page.title());
      expect(complaints).toEqual([]);
    }
    await named.close();
  });

  it('the second sees the place move when the first is taken', async () => {
    await banner(second).getByText('You are number 2 in line').waitFor();
    await desk.waiting
      .first()
      .getByRole('button', { name: /^Accept/ })
      .click();
    await first.log.getByText(`${PERSON} joined`).waitFor();
    await banner(second).getByText('You are next').waitFor();
  });
});

/** How bright the ground of the page and a visitor's name on it are, from 0 to 1. */
function brightness({ page }: DeskWindow): Promise<{ ground: number; name: number }> {
  return page.evaluate(() => {
    const bright = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
      return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    };
    const name = document.querySelector('.list-row-name') ?? document.body;
    return {
      ground: bright(getComputedStyle(document.documentElement).backgroundColor),
      name: bright(getComputedStyle(name).color),
    };
  });
}

/** How a page has drawn attention to itself. */
interface Tellings {
  /** How often it asked for the permission to notify. */
  asked: number;
  tones: number;
  /** Titles. */
  notifications: string[];
}

function tellings({ page }: DeskWindow): Promise<Tellings> {
  return page.evaluate(() => (globalThis as unknown as { tellings: Tellings }).tellings);
}

// Runs in the page, before its own scripts: a browser whose reader allows notifications.
function countTellings(): void {
  const tellings: Tellings = { asked: 0, tones: 0, notifications: [] };
  class CountedNotification extends EventTarget {
    static permission = 'default';

    static async requestPermission(): Promise<string> {
      tellings.asked += 1;
      CountedNotification.permission = 'granted';
      return 'granted';
    }

    constructor(title: string) {
      super();
      tellings.notifications.push(title);
    }
  }
  class CountedOscillator extends OscillatorNode {
    override start(when?: number): void {
      tellings.tones += 1;
      super.start(when);
    }
  }
  Object.assign(globalThis, { tellings, Notification: CountedNotification, OscillatorNode: CountedOscillator });
}
