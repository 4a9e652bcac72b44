import type { Locator, Page } from '@playwright/test';
import { LivePage } from './LivePage';
import { openComponent } from './openComponent';

/** The Health tab of a component. */
export class HealthTab extends LivePage {
  static async open(page: Page, portalUrl: string, component: string) {
    await openComponent(page, portalUrl, component, 'health');
    return new HealthTab(page);
  }

  /** Score, live mark, freshness and refresh. */
  get header(): Locator {
    return this.page.getByRole('region', { name: 'Score', exact: true });
  }

  get fixFirst(): Locator {
    return this.page.getByRole('region', { name: 'Fix first' });
  }

  get checks(): Locator {
    return this.page.getByRole('region', { name: 'Checks by group' });
  }

  /** Opens and closes a verdict. */
  verdict(checkId: string): Locator {
    return this.checks
      .locator(`[id="check-${checkId}"]`)
      .getByRole('button')
      .first();
  }

  get changes(): Locator {
    return this.page.getByRole('region', { name: 'Changes' });
  }

  /** The score that is shown; null where it is unknown. */
  async score(): Promise<number | null> {
    const text = await this.header
      .getByText(/^Score (\d+ of 100|unknown)/)
      .innerText();
    const found = /Score (\d+) of 100/.exec(text);
    return found ? Number(found[1]) : null;
  }
}
