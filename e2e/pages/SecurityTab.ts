import type { Locator, Page } from '@playwright/test';
import { LivePage } from './LivePage';
import { openComponent } from './openComponent';

/** The Security tab of a component. */
export class SecurityTab extends LivePage {
  static async open(page: Page, portalUrl: string, component: string) {
    await openComponent(page, portalUrl, component, 'security');
    return new SecurityTab(page);
  }

  get findings(): Locator {
    return this.page.getByRole('region', { name: 'All findings' });
  }

  /** A finding by what it is known by. */
  finding(rule: string): Locator {
    return this.findings.getByRole('listitem').filter({ hasText: rule });
  }

  /** Shows only findings in this state. */
  async only(state: string): Promise<void> {
    await this.findings.getByRole('button', { name: /^State/ }).click();
    await this.page.getByRole('menuitemcheckbox', { name: state }).click();
    await this.page.keyboard.press('Escape');
  }
}
