import type { Page } from '@playwright/test';

/** Opens a page of the portal as the guest, who signs in once for all tabs. */
export async function openAsGuest(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const signedIn = await page.evaluate(() =>
    localStorage.getItem('@backstage/core:SignInPage:provider'),
  );
  if (signedIn) return;
  await page.getByRole('button', { name: 'Enter' }).click({ timeout: 60_000 });
}
