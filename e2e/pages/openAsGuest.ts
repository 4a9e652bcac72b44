import { expect, type Page } from '@playwright/test';

/** Opens a page of the portal as the guest. */
export async function openAsGuest(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const enter = page.getByRole('button', { name: 'Enter' });
  const portal = page.getByTestId('sidebar-root').or(page.getByRole('main'));
  await expect(enter.or(portal).first()).toBeVisible({ timeout: 60_000 });
  if (await enter.isVisible()) await enter.click();
}
