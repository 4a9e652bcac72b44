import type { Locator, Page } from '@playwright/test';
import { LivePage } from './LivePage';
import { openComponent } from './openComponent';

/** The Pipelines tab of a component. */
export class PipelinesTab extends LivePage {
  static async open(page: Page, portalUrl: string, component: string) {
    await openComponent(page, portalUrl, component, 'pipelines');
    return new PipelinesTab(page);
  }

  get runs(): Locator {
    return this.page.getByRole('table', { name: 'Runs' });
  }

  /** The run of a commit, by the first line of its message. */
  run(subject: string): Locator {
    return this.runs.getByRole('row').filter({ hasText: subject }).first();
  }

  /** Opens or closes a run. */
  toggle(subject: string): Promise<void> {
    return this.run(subject).getByRole('button', { expanded: false }).click();
  }
}
