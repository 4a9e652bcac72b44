import type { Locator, Page } from '@playwright/test';
import { LivePage } from './LivePage';
import { openAsGuest } from './openAsGuest';

/** The Automation page, and what opens over other pages from it. */
export class AutomationPage extends LivePage {
  static async open(page: Page, portalUrl: string, path = '') {
    await openAsGuest(page, `${portalUrl}/fettle/automation${path}`);
    await page
      .getByRole('navigation', { name: 'Automation' })
      .waitFor({ timeout: 90_000 });
    return new AutomationPage(page);
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** A plan that waits for somebody, by the repository that it is for. */
  waiting(repository: string): Locator {
    return this.region('Waits for you')
      .getByRole('listitem')
      .filter({ hasText: repository });
  }

  /** A remediation among those that run. */
  running(repository: string): Locator {
    return this.region('Running')
      .getByRole('listitem')
      .filter({ hasText: repository });
  }

  /** What asks before something is done. */
  get question(): Locator {
    return this.page.getByRole('dialog').last();
  }

  /** Presses a button that asks first, and says yes, with a reason where one is given. */
  async confirm(button: string, answer: string, reason?: string) {
    await this.page.getByRole('button', { name: button }).click();
    if (reason) await this.question.getByRole('textbox').fill(reason);
    await this.question.getByRole('button', { name: answer }).click();
  }
}
