// The desk as the people who answer there see it: everything is found by role and name.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { DeskPersonOf } from './desk-people.ts';
import { openWatchedPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

/** A window of somebody at the desk. */
export class DeskWindow {
  readonly page: Page;
  /** What the browser complained about: scripts that failed, violations of the content security policy. */
  readonly complaints: readonly string[];

  private constructor({ page, complaints }: WatchedPage) {
    this.page = page;
    this.complaints = complaints;
  }

  /** Opens the desk in a browser of its own, so to speak: no cookie is shared. `origin`: where the gateway is. */
  static async open(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<DeskWindow> {
    const watched = await openWatchedPage(browser, { viewport: { width: 1440, height: 900 }, ...options });
    await watched.page.goto(`${origin}/desk`);
    return new DeskWindow(watched);
  }

  get waiting(): Locator {
    return this.page.getByRole('region', { name: 'Waiting', exact: true }).getByRole('listitem');
  }

  get chats(): Locator {
    return this.page.getByRole('region', { name: 'My chats' }).getByRole('listitem');
  }

  get transcript(): Locator {
    return this.page.getByRole('log', { name: 'Transcript' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message to the visitor' });
  }

  get noteField(): Locator {
    return this.page.getByRole('textbox', { name: 'Note, only your team sees it' });
  }

  get head(): Locator {
    return this.page.getByRole('main', { name: 'Conversation' });
  }

  get banner(): Locator {
    return this.page.getByRole('group', { name: 'Connection' });
  }

  get announcements(): Locator {
    return this.page.getByRole('status', { name: 'Announcements' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** What the visitor has said. */
  get visitorLines(): Locator {
    return this.transcript.getByRole('article', { name: /^Visitor/ });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
  }

  /** Signs in by name and password. */
  async signIn({ id, password }: DeskPersonOf): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(id);
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await this.button('Sign in').click();
    await this.page.getByRole('switch', { name: 'Available for chats' }).waitFor();
  }

  /** Wants chats. */
  async beAvailable(): Promise<void> {
    const available = this.page.getByRole('switch', { name: 'Available for chats' });
    await available.waitFor();
    if ((await available.getAttribute('aria-checked')) === 'false') await available.click();
    await this.page.getByRole('switch', { name: 'Available for chats', checked: true }).waitFor();
  }

  /** Takes whoever is next and sees the conversation. */
  async accept(): Promise<void> {
    await this.button('Accept next').first().click();
    await this.composer.waitFor();
  }

  /** Types a message and sends it with Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Waits until the visitor has said this. */
  async hears(text: string): Promise<void> {
    await this.visitorLines.filter({ hasText: text }).waitFor();
  }

  /** The texts of all messages, oldest first. */
  async texts(): Promise<string[]> {
    const texts = await this.transcript.locator('.bubble').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
