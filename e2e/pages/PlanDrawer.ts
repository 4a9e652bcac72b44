import type { Locator, Page } from '@playwright/test';

/** The drawer in which a plan opens, and then its story. */
export class PlanDrawer {
  constructor(private readonly page: Page) {}

  get plan(): Locator {
    return this.page.getByRole('dialog', { name: 'Plan', exact: true });
  }

  get story(): Locator {
    return this.page.getByRole('dialog', { name: 'Remediation', exact: true });
  }

  /** Where the remediation stands. */
  get state(): Locator {
    return this.story
      .getByRole('region', { name: 'Remediation', exact: true })
      .locator('[data-state]')
      .first();
  }

  button(name: string): Locator {
    return this.page
      .getByRole('dialog')
      .getByRole('button', { name, exact: true });
  }

  async close(): Promise<void> {
    await this.button('Close').click();
  }
}
