import type { Locator, Page } from '@playwright/test';
import { AutomationPage } from './AutomationPage';

/** Campaigns, and one of them. */
export class CampaignPage extends AutomationPage {
  static async open(page: Page, portalUrl: string) {
    await AutomationPage.open(page, portalUrl, '/campaigns');
    return new CampaignPage(page);
  }

  /** Fills in what is asked of a new campaign, and has the draft made. */
  async make(campaign: {
    title: string;
    playbook: string;
    repositories: string;
    waves: string;
  }): Promise<void> {
    await this.page.getByRole('button', { name: 'New campaign…' }).click();
    const form = this.page.getByRole('dialog', { name: 'New campaign' });
    await form.getByLabel(/^Title/).fill(campaign.title);
    await form.getByLabel(/^Playbook/).click();
    await this.page.getByRole('option', { name: campaign.playbook }).click();
    await form.getByLabel(/^Repositories/).fill(campaign.repositories);
    await form.getByLabel(/^Waves/).fill(campaign.waves);
    await form.getByRole('button', { name: 'Make the draft' }).click();
  }

  /** The one glance at a campaign. */
  header(title: string): Locator {
    return this.region(title);
  }

  /** Buttons, and why there are no others. */
  get acts(): Locator {
    return this.region('What you can do');
  }

  get samples(): Locator {
    return this.region('Samples');
  }

  wave(number: number): Locator {
    return this.region('Waves')
      .locator('[data-wave]')
      .nth(number - 1);
  }

  item(repository: string): Locator {
    return this.region('Repositories')
      .getByRole('listitem')
      .filter({ hasText: repository });
  }

  /** Opens the plan of a repository, or its story. */
  async show(repository: string): Promise<void> {
    await this.item(repository).getByRole('button', { name: /^Open/ }).click();
  }
}
