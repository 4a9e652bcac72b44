import type { BrowserContext, Page } from '@playwright/test';
import { openAsGuest } from './openAsGuest';

/** Opens a page as somebody else than the guest, in a browser of their own; the portal is of `twoPeople`. */
export async function openAsColleague(
  context: BrowserContext,
  name: string,
  url: string,
): Promise<Page> {
  await context.route(
    ({ pathname }) => pathname === '/api/auth/guest/refresh',
    route =>
      route.continue({
        url: new URL(`/api/auth/colleague/refresh?name=${name}`, url).href,
      }),
  );
  const page = await context.newPage();
  await openAsGuest(page, url);
  return page;
}
