// The demo page as its visitors see it: everything is found by role and name.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openWatchedPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

/** A visitor's tab. */
export class DemoChat {
  readonly page: Page;
  /** What the browser complained about: scripts that failed, violations of the content security policy. */
  readonly complaints: readonly string[];

  private constructor({ page, complaints }: WatchedPage) {
    this.page = page;
    this.complaints = complaints;
  }

  /** Opens the page in a browser of its own, so to speak: no storage is shared. */
  static async visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<DemoChat> {
    const watched = await openWatchedPage(browser, { viewport: { width: 1280, height: 860 }, ...options });
    await watched.page.goto(url);
    return new DemoChat(watched);
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  /** What the other side said, oldest first. */
  get answers(): Locator {
    return this.log.getByRole('article', { name: /^Ada/ });
  }

  /** What the visitor said. */
  get own(): Locator {
    return this.log.getByRole('article', { name: /^You/ });
  }

  get banner(): Locator {
    return this.page.getByRole('group', { name: 'Connection' });
  }

  get announcements(): Locator {
    return this.page.getByRole('status', { name: 'Announcements' });
  }

  /** The panel of a call. */
  get call(): Locator {
    return this.page.getByRole('region', { name: 'Call', exact: true });
  }

  /** What was said in a call, by anybody. */
  get spoken(): Locator {
    return this.log.getByRole('article').filter({ hasText: 'Spoken' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Types a message and sends it with Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Waits until Ada has said something with this in it, all of it. */
  async hears(text: string | RegExp): Promise<Locator> {
    const answer = this.log.locator('article[aria-busy=false]').filter({ hasText: text }).last();
    await answer.waitFor();
    return answer;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
