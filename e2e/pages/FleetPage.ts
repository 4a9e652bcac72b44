import type { Locator, Page } from '@playwright/test';
import { LivePage } from './LivePage';
import { openAsGuest } from './openAsGuest';

/** The fleet. */
export class FleetPage extends LivePage {
  static async open(page: Page, portalUrl: string, query = '') {
    await openAsGuest(page, `${portalUrl}/fettle${query}`);
    return new FleetPage(page);
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Repositories' });
  }

  /** Every repository in sight. */
  get rows(): Locator {
    return this.table
      .getByRole('row')
      .filter({ hasNot: this.page.getByRole('columnheader') });
  }

  row(name: string): Locator {
    return this.rows.filter({
      has: this.page.getByRole('link', { name, exact: true }),
    });
  }

  get numbers(): Locator {
    return this.page.getByRole('region', { name: 'The fleet in numbers' });
  }

  get lately(): Locator {
    return this.page.getByRole('region', { name: 'Lately' });
  }
}
