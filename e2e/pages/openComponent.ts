import { expect, type Page } from '@playwright/test';
import { openAsGuest } from './openAsGuest';

/** Opens a page of a component, once the catalog has it: before, that page says that there is none, and stays so. */
export async function openComponent(
  page: Page,
  portalUrl: string,
  component: string,
  tab = '',
): Promise<void> {
  await expect(async () => {
    expect(await statusOf(portalUrl, component)).toBe(200);
  }).toPass({ timeout: 90_000 });
  const path = `/catalog/default/component/${component}${tab && `/${tab}`}`;
  await openAsGuest(page, portalUrl + path);
}

async function statusOf(portalUrl: string, component: string) {
  const signal = AbortSignal.timeout(15_000);
  const signIn = await fetch(`${portalUrl}/api/auth/guest/refresh`, { signal });
  const { backstageIdentity } = (await signIn.json()) as {
    backstageIdentity: { token: string };
  };
  const { status } = await fetch(
    `${portalUrl}/api/catalog/entities/by-name/component/default/${component}`,
    {
      headers: { authorization: `Bearer ${backstageIdentity.token}` },
      signal,
    },
  );
  return status;
}
