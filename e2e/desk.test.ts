// The two-window story: visitors on the demo page, people at the desk, in a real browser against a real gateway.
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { DemoChat } from './demo-chat.ts';
import { addDeskPerson } from './desk-people.ts';
import type { DeskPersonOf } from './desk-people.ts';
import { DeskWindow } from './desk-window.ts';
import { LocalGateway } from './local-gateway.ts';

const gateway = new LocalGateway({
  handoff: {
    // Open for a minute of a day on which no test runs for long.
    queues: { night: { name: 'Night shift', hours: `${dayFarOff()} 03:00-03:01` } },
    cannedReplies: [
      { title: 'Greeting', text: 'Hello, I have read what you wrote.' },
      { title: 'Goodbye', text: 'Thank you for writing to us.' },
    ],
  },
});
let browser: Browser;
let noor: DeskPersonOf;
let luis: DeskPersonOf;
/** By the person's id. */
const signIns = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
const windows: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  await gateway.start();
  noor = await addDeskPerson(gateway, { id: 'noor', name: 'Noor Haddad' });
  luis = await addDeskPerson(gateway, { id: 'luis', name: 'Luis Ferreira' });
  browser = await startBrowser();
});

afterEach(async () => {
  for (const window of windows.splice(0)) await window.close();
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
});

function origin(): string {
  return `http://127.0.0.1:${gateway.port}`;
}

/** A day of the week that is neither today nor tomorrow, wherever. */
function dayFarOff(): string {
  return ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'][(new Date().getUTCDay() + 3) % 7] ?? 'Su';
}

/** A visitor who waits for a person. */
async function visitorInQueue(): Promise<DemoChat> {
  const visitor = await DemoChat.visit(browser, `${origin()}/`);
  windows.push({ close: () => endAndClose(visitor) });
  await visitor.hears("I'm Ada");
  await visitor.say('I want to talk to a human');
  await handoff(visitor).getByText('Waiting for General Support').waitFor();
  return visitor;
}

/** Nobody is left in the queue for the next story. */
async function endAndClose(visitor: DemoChat): Promise<void> {
  const end = visitor.button('End conversation');
  if (await end.isVisible()) {
    await end.click();
    await visitor.button('Start a new conversation').waitFor();
  }
  await visitor.close();
}

function handoff(visitor: DemoChat): ReturnType<DemoChat['page']['getByRole']> {
  return visitor.page.getByRole('status', { name: 'Hand-off' });
}

/** A window of somebody who wants chats. They sign in once and keep the cookie: too many sign-ins are slowed down. */
async function deskOf(person: DeskPersonOf, options: BrowserContextOptions = {}): Promise<DeskWindow> {
  const cookies = signIns.get(person.id);
  const desk = await DeskWindow.open(browser, origin(), { ...options, ...(cookies && { storageState: cookies }) });
  windows.push(desk);
  if (!cookies) {
    await desk.signIn(person);
    signIns.set(person.id, await desk.page.context().storageState());
  }
  await desk.beAvailable();
  return desk;
}

describe('a visitor and a person', () => {
  it('meet in the queue, type and write to each other, and part', async () => {
    const visitor = await visitorInQueue();
    await handoff(visitor).getByText('You are next').waitFor();
    const desk = await deskOf(noor);
    await desk.waiting.getByText('I want to talk to a human').waitFor();
    await desk.accept();
    await visitor.log.getByText('Noor Haddad joined').waitFor();
    await desk.hears('I want to talk to a human');
    await desk.transcript
      .getByRole('article', { name: /^Agent/ })
      .filter({ hasText: "I'm Ada" })
      .waitFor();

    await visitor.composer.pressSequentially('Hel');
    await desk.head.getByText('is typing…').waitFor();
    await visitor.say('Hello person');
    await desk.hears('Hello person');
    await expect.poll(() => desk.head.getByText('is typing…').count()).toBe(0);

    await desk.composer.pressSequentially('Hi');
    await visitor.page.getByText('is typing…').waitFor();
    await desk.say('Hi, this is **Noor**');
    const answer = await visitor.hears('Hi, this is Noor');
    expect(await answer.locator('strong').innerText()).toBe('Noor');
    await desk.transcript.getByRole('article', { name: /^You/ }).getByText('Sent', { exact: true }).waitFor();

    await desk.button('End chat').first().click();
    await desk.dialog.getByRole('button', { name: 'End chat' }).click();
    await visitor.button('Start a new conversation').waitFor();
    await expect.poll(() => desk.chats.count()).toBe(0);
    expect([...desk.complaints, ...visitor.complaints]).toEqual([]);
  });

  it('notes are for the team: the visitor never sees them', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    await desk.button('Note').click();
    await desk.noteField.fill('Sounds annoyed, be kind');
    await desk.noteField.press('Enter');
    const note = desk.transcript.getByRole('article', { name: /^Note, You/ });
    await note.getByText('Only your team sees this').waitFor();
    await desk.button('Reply').click();
    await desk.say('After the note');
    await visitor.hears('After the note');
    expect(await visitor.page.content()).not.toContain('Sounds annoyed');
    await visitor.page.reload();
    await visitor.hears('After the note');
    expect(await visitor.page.content()).not.toContain('Sounds annoyed');
  });

  it('what visitors write is text, markup and Markdown included', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    const hostile = '<img src=x onerror="document.title=1"> **bold** [x](javascript:alert(1))';
    await visitor.say(hostile);
    await desk.hears('onerror');
    const line = desk.visitorLines.filter({ hasText: 'onerror' });
    expect(await line.locator('.bubble').innerText()).toBe(hostile);
    expect(await line.locator('.bubble *').count()).toBe(0);
    expect(await desk.page.title()).toContain('Parley desk');
    expect(desk.complaints).toEqual([]);
  });

  it('what a person attaches and suggests reaches the visitor', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    await desk.button('Attach a link or a picture').click();
    await desk.dialog.getByRole('textbox', { name: /^Address/ }).fill('https://example.com/form');
    await desk.dialog.getByRole('textbox', { name: /^Title/ }).fill('The form');
    await desk.dialog.getByRole('button', { name: 'Attach' }).click();
    await desk.button('Suggest a reply').click();
    await desk.dialog.getByRole('textbox', { name: /^Reply/ }).fill('Done!');
    await desk.dialog.getByRole('button', { name: 'Add' }).click();
    await desk.say('Please fill in this form');
    const answer = await visitor.hears('Please fill in this form');
    expect(await answer.getByRole('link', { name: /The form/ }).getAttribute('href')).toBe('https://example.com/form');
    await visitor.button('Done!').click();
    await desk.hears('Done!');
  });
});

describe('several people', () => {
  it('a chat is transferred with everything in it, and returned to the agent', async () => {
    const visitor = await visitorInQueue();
    const first = await deskOf(noor);
    const second = await deskOf(luis);
    await first.accept();
    await first.say('A colleague knows more');
    await first.button('Transfer').first().click();
    await first.dialog.getByRole('button', { name: /^Luis Ferreira/ }).click();
    // Whoever takes a chat needn't be told of it; whoever is given one must.
    await second.page.locator('.toast').getByText('You have the chat with').waitFor();
    expect(await first.page.locator('.toast').getByText('You have the chat with').count()).toBe(0);
    await expect.poll(() => first.chats.count()).toBe(0);
    await second.chats.first().getByRole('button').click();
    await second.transcript.getByText('A colleague knows more').waitFor();
    await second.say('I am the colleague');
    await visitor.hears('I am the colleague');

    await second.button('Return to agent').first().click();
    await second.dialog.getByRole('button', { name: 'Return to agent' }).click();
    await expect.poll(() => second.chats.count()).toBe(0);
    await visitor.say('Still there?');
    await visitor.hears('You wrote: Still there?');
  });

  it('whoever is a moment too late is told kindly who was quicker', async () => {
    await visitorInQueue();
    const slow = await deskOf(luis);
    // News of who was taken come late in this window.
    await slow.page.routeWebSocket(/desk\/feed/, (near) => {
      const far = near.connectToServer();
      near.onMessage((text) => far.send(text));
      far.onMessage((text) => {
        if (!String(text).includes('"waiting-over"')) near.send(text);
      });
    });
    await slow.page.reload();
    await slow.waiting.first().waitFor();
    const quick = await deskOf(noor);
    await quick.accept();
    await slow.waiting.getByRole('button', { name: /^Accept Visitor/ }).click();
    await slow.announcements.getByText('Noor Haddad was a little quicker and has this chat.').waitFor();
  });

  it('a supervisor listens in, is told that it is read-only, and joins', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    const supervisor = await DeskWindow.open(browser, origin());
    windows.push(supervisor);
    await supervisor.button('Sign in to the demo').click();
    await supervisor.button('Everything').click();
    const others = supervisor.page.getByRole('region', { name: 'Chats of others' });
    await others.getByRole('listitem').first().getByRole('button').click();
    await supervisor.page.getByRole('group', { name: 'Listening in' }).getByText('Read only').waitFor();
    await supervisor.hears('I want to talk to a human');
    await visitor.say('Anybody listening?');
    await supervisor.hears('Anybody listening?');
    expect(await supervisor.composer.count()).toBe(0);
    await supervisor.button('Join the chat').click();
    await supervisor.say('I am here too');
    await visitor.hears('I am here too');
    await desk.transcript.getByText('I am here too').waitFor();
  });
});

describe('a queue that is closed', () => {
  it('takes a chat over only after a warning that says until when', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    await desk.button('Transfer').first().click();
    const night = desk.dialog.getByRole('button', { name: /^Night shift/ });
    await night.getByText(/^Closed until /).waitFor();
    await night.click();
    await desk.dialog.getByText(/^Closed until .+\. The visitor may wait there in vain\.$/).waitFor();
    await desk.dialog.getByRole('button', { name: 'Back' }).click();
    expect(await desk.chats.count()).toBe(1);
    await night.click();
    await desk.dialog.getByRole('button', { name: 'Move anyway' }).click();
    await expect.poll(() => desk.chats.count()).toBe(0);
    await handoff(visitor).getByText('Waiting for Night shift').waitFor();
  });
});

describe('a server that restarts', () => {
  it('in the middle of the queue and of the chat loses nothing and doubles nothing', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.waiting.first().waitFor();
    await gateway.stop();
    await desk.banner.getByText(/Connection lost/).waitFor();
    await gateway.start();
    await Promise.all([desk.banner.waitFor({ state: 'detached' }), visitor.banner.waitFor({ state: 'detached' })]);
    await handoff(visitor).getByText('You are next').waitFor();
    await desk.waiting.first().waitFor();
    await desk.accept();
    await visitor.log.getByText('Noor Haddad joined').waitFor();
    await desk.say('Before');
    await visitor.hears('Before');

    await gateway.stop();
    await desk.banner.waitFor();
    await desk.say('Written without a connection');
    await desk.transcript.getByText('Waiting for the connection').waitFor();
    await visitor.say('From the visitor meanwhile');
    await gateway.start();
    await visitor.hears('Written without a connection');
    await desk.hears('From the visitor meanwhile');
    await expect.poll(() => desk.transcript.getByText('Waiting for the connection').count()).toBe(0);
    const ours = ['Before', 'Written without a connection', 'From the visitor meanwhile'];
    const atDesk = await desk.texts();
    const atVisitor = await visitor.log.locator('.bubble').allInnerTexts();
    for (const text of ours) {
      expect(atDesk.filter((each) => each === text)).toHaveLength(1);
      expect(atVisitor.filter((each) => each.trim() === text)).toHaveLength(1);
    }
  });
});

describe('signing in', () => {
  it('is refused with a wrong password, then slowed down', async () => {
    const desk = await DeskWindow.open(browser, origin());
    windows.push(desk);
    const problem = desk.page.getByRole('alert');
    await desk.page.getByRole('textbox', { name: 'Name' }).fill('stranger');
    await desk.page.getByRole('textbox', { name: 'Password' }).fill('guess');
    await desk.button('Sign in').click();
    await problem.getByText('That is not right.').waitFor();
    for (let tries = 0; tries < 8; tries += 1) {
      const answered = desk.page.waitForResponse(/sign-in$/);
      await desk.button('Sign in').click();
      if ((await answered).status() === 429) break;
    }
    await problem.getByText(/Too many tries\. You can try again in \d+ s/).waitFor();
    expect(await desk.button('Sign in').isDisabled()).toBe(true);
  });

  it('lasts over a reload, until somebody signs out', async () => {
    const desk = await deskOf(await addDeskPerson(gateway, { id: 'mia', name: 'Mia Sand' }));
    await desk.page.reload();
    await desk.page.getByRole('switch', { name: 'Available for chats' }).waitFor();
    await desk.button('Mia Sand: settings and sign-out').click();
    await desk.dialog.getByRole('button', { name: 'Sign out' }).click();
    await desk.page.getByText('You are signed out.').waitFor();
    await desk.page.reload();
    await desk.button('Sign in').waitFor();
  });

  it('that ends while somebody writes loses nothing of it; signing out by hand does', async () => {
    await visitorInQueue();
    const person = await addDeskPerson(gateway, { id: 'ines', name: 'Ines Alba' });
    const desk = await deskOf(person);
    signIns.delete('ines');
    await desk.accept();
    await desk.composer.fill('Half a mess');
    await desk.page.context().request.post(`${origin()}/api/v1/desk/sign-out`, { headers: { 'X-Parley-Desk': '1' } });
    await desk.page.getByText('You are signed out.').waitFor();
    await desk.signIn(person);
    expect(await desk.composer.inputValue()).toBe('Half a mess');

    await desk.button('Ines Alba: settings and sign-out').click();
    await desk.dialog.getByRole('button', { name: 'Sign out' }).click();
    await desk.page.getByText('You are signed out.').waitFor();
    await desk.signIn(person);
    await desk.chats.first().getByRole('button').click();
    expect(await desk.composer.inputValue()).toBe('');
  });

  it('by one click is offered where there is a demo, and nowhere else', async () => {
    const desk = await DeskWindow.open(browser, origin());
    windows.push(desk);
    await desk.button('Sign in to the demo').waitFor();
    await desk.page.route('**/demo/config.json', (route) => route.fulfill({ status: 404 }));
    await desk.page.reload();
    await desk.button('Sign in').waitFor();
    expect(await desk.button('Sign in to the demo').count()).toBe(0);
  });
});

describe('by keyboard alone', () => {
  it('a visitor is accepted, answered with a canned reply, noted down and let go', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    const { keyboard } = desk.page;
    await desk.waiting.first().waitFor();
    await keyboard.press('a');
    await desk.composer.waitFor();
    await expect.poll(() => desk.composer.evaluate((field) => field === document.activeElement)).toBe(true);
    await keyboard.type('/gree');
    await desk.page.getByRole('option', { name: /Greeting/, selected: true }).waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await visitor.hears('Hello, I have read what you wrote.');
    await keyboard.press('Alt+n');
    await keyboard.type('All by keys');
    await keyboard.press('Enter');
    await desk.transcript.getByRole('article', { name: /^Note/ }).getByText('All by keys').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('?');
    await desk.dialog.getByText('Canned replies; in an empty message too').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('e');
    await desk.dialog.getByRole('button', { name: 'End chat' }).waitFor();
    await keyboard.press('Enter');
    await visitor.button('Start a new conversation').waitFor();
  });
});

describe('for everybody', () => {
  it('a new visitor and a message are announced once each', async () => {
    const desk = await deskOf(noor);
    const visitor = await visitorInQueue();
    const told = desk.announcements.getByText(/is waiting in General Support/);
    await told.waitFor({ state: 'attached' });
    await desk.accept();
    await visitor.say('Say this aloud');
    await desk.announcements.getByText(/Say this aloud/).waitFor({ state: 'attached' });
    expect(await told.count()).toBe(1);
    expect(await desk.announcements.getByText(/Say this aloud/).count()).toBe(1);
    expect(await desk.transcript.getAttribute('aria-live')).toBe('off');
  });

  it('unread messages are counted in the list and in the title, until they are looked at', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    const other = await visitorInQueue();
    await desk.waiting.first().waitFor();
    await desk.accept();
    await visitor.say('One');
    await visitor.say('Two');
    await desk.chats.getByText('2 unread').waitFor();
    await expect.poll(() => desk.page.title()).toBe('(2) Parley desk');
    await other.say('Looked at');
    await desk.hears('Looked at');
    await desk.chats.first().getByRole('button').click();
    await desk.hears('Two');
    await expect.poll(() => desk.page.title()).toBe('Parley desk');
    expect(await desk.chats.getByText(/unread/).count()).toBe(0);
  });

  it('a page that is loaded again shows the chats with what was said last', async () => {
    const visitor = await visitorInQueue();
    const desk = await deskOf(noor);
    await desk.accept();
    await visitor.say('The last thing I said');
    await desk.hears('The last thing I said');
    await desk.page.reload();
    await desk.head.getByText('You have a chat').waitFor();
    await desk.chats.getByText('The last thing I said').waitFor();
    await desk.page.keyboard.press('j');
    await desk.hears('The last thing I said');
  });

  it('fits 320 px, one thing at a time', async () => {
    await visitorInQueue();
    const desk = await deskOf(noor, { viewport: { width: 320, height: 640 } });
    await desk.accept();
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await desk.page.getByRole('navigation', { name: 'Queue and chats' }).isVisible()).toBe(false);
    await desk.button('Visitor and notes').click();
    await desk.page.getByRole('complementary', { name: 'Visitor and notes' }).getByText('General Support').waitFor();
    expect(await desk.composer.isVisible()).toBe(false);
    await desk.button('Back to the conversation').click();
    await desk.button('Back to the lists').click();
    await desk.chats.first().waitFor();
    expect(desk.complaints).toEqual([]);
  });
});
