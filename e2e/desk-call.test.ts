// A visitor calls, and a person at the desk takes the call: two windows of a real browser, whose microphones beep.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fakeMicrophone, startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { addDeskPerson } from './desk-people.ts';
import type { DeskPersonOf } from './desk-people.ts';
import { DeskWindow } from './desk-window.ts';
import { LocalGateway } from './local-gateway.ts';

const gateway = new LocalGateway();
let browser: Browser;
let noor: DeskPersonOf;
let visitor: DemoChat;
let desk: DeskWindow;

beforeAll(async () => {
  await gateway.start();
  noor = await addDeskPerson(gateway, { id: 'noor', name: 'Noor Haddad' });
  browser = await startBrowser(fakeMicrophone());
});

afterEach(async () => {
  await visitor.close();
  await desk.close();
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

/** A visitor in a call, whose chat Noor has accepted. */
async function callingVisitor(): Promise<void> {
  const origin = `http://127.0.0.1:${gateway.port}`;
  visitor = await DemoChat.visit(browser, `${origin}/`);
  await visitor.hears("I'm Ada");
  await visitor.say('I want to talk to a human');
  await visitor.page.getByText('Waiting for General Support').first().waitFor();
  desk = await DeskWindow.open(browser, origin);
  await desk.signIn(noor);
  await desk.beAvailable();
  await desk.accept();
  await visitor.button('Call').click();
  await visitor.call.getByText('In a call with').waitFor();
}

/** Somebody's voice moves a meter. */
async function isHeard(meter: Locator): Promise<void> {
  const level = (): Promise<number> =>
    meter.evaluate((bars) => Number(getComputedStyle(bars).getPropertyValue('--level')));
  await expect.poll(level, { timeout: 15_000, interval: 20 }).toBeGreaterThan(0.2);
}

const line = (): Locator => desk.page.getByRole('group', { name: 'Call' });

describe('a person at the desk', () => {
  it('takes the call of a visitor: they hear each other; mutes, holds, leaves the line, comes back, hangs up', async () => {
    await callingVisitor();
    await desk.head.getByText('On a call', { exact: true }).waitFor();
    await desk.button('Take the call').click();
    await line().getByText('You are talking with the visitor.').waitFor();
    await line().getByText('On the line', { exact: true }).waitFor();
    await isHeard(line().locator('.meter-agent .meter-bars'));
    await isHeard(visitor.call.locator('.meter-agent .meter-bars'));
    const audio = desk.page.locator('audio');
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0);

    await desk.page.keyboard.press('Alt+KeyM');
    await line().getByText('On the line, muted').waitFor();
    await desk.button('Mute').click();
    await desk.button('Hold').click();
    await line().getByText('You have the caller wait.').waitFor();
    await desk.button('Hold').click();
    await line().getByText('You are talking with the visitor.').waitFor();
    await isHeard(visitor.call.locator('.meter-agent .meter-bars'));

    await desk.button('Leave the line').click();
    await line().getByText('The visitor is on a call.').waitFor();
    await desk.say('I am still here, in writing.');
    await visitor.hears('I am still here, in writing.');
    await desk.button('Take the call').click();
    await line().getByText('You are talking with the visitor.').waitFor();
    await isHeard(line().locator('.meter-agent .meter-bars'));

    await desk.button('Hang up').click();
    await visitor.call.getByText('has hung up').waitFor();
    await expect.poll(() => line().count()).toBe(0);
    expect([...desk.complaints, ...visitor.complaints]).toEqual([]);
  });

  it('is off the line when the visitor hangs up', async () => {
    await callingVisitor();
    await desk.button('Take the call').click();
    await isHeard(line().locator('.meter-agent .meter-bars'));
    await visitor.button('Hang up').click();
    await expect.poll(() => line().count()).toBe(0);
    await expect.poll(() => desk.page.locator('audio').count()).toBe(0);
    expect(desk.complaints).toEqual([]);
  });
});
