import type { Locator, Page } from '@playwright/test';

const MODES = /^(live|connecting|catching up|offline since .+)$/;

/** What every live page of Fettle has. */
export class LivePage {
  constructor(readonly page: Page) {}

  /** Says whether the page is live. */
  get liveMark(): Locator {
    return this.page.getByRole('status').filter({ hasText: MODES });
  }

  /** Marks the document, so that a reload would show. */
  async remember(): Promise<void> {
    await this.page.evaluate(() => {
      document.documentElement.dataset.remembered = 'yes';
    });
  }

  /** Whether it is still the document that was marked. */
  async isRemembered(): Promise<boolean> {
    return this.page.evaluate(
      () => document.documentElement.dataset.remembered === 'yes',
    );
  }
}
