// A page of its own in the browser, and what the browser complains about while somebody uses it.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page and the complaints about it. */
export interface WatchedPage {
  page: Page;
  /** Scripts that failed and violations of the content security policy, as they come. */
  complaints: readonly string[];
}

/** Opens a page that shares no cookie and no storage with others. */
export async function openWatchedPage(browser: Browser, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, complaints };
}
