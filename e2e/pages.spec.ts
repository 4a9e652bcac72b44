import type { Locator, Page } from '@playwright/test';
import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { namelessControls } from './pages/namelessControls';
import { ageReading } from './portal/ageReading';
import { readRepositories } from './portal/readRepositories';
import { expect, test } from './test';

/** What a page complained about in the console. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, inner } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    inner: window.innerWidth,
  }));
  expect(scroll).toBeLessThanOrEqual(inner);
}

async function expectShownFleet(fleet: FleetPage): Promise<void> {
  await expect(fleet.liveMark).toHaveText('live');
  await expect(fleet.row('web/storefront')).toContainText(/Score \d+ of 100/);
}

test('both pages load without complaints, and name every control', async ({
  page,
  portal,
}) => {
  const complaints = collectComplaints(page);
  await expectShownFleet(await FleetPage.open(page, portal.url));
  expect(await namelessControls(page)).toEqual([]);
  const tab = await HealthTab.open(page, portal.url, 'storefront');
  await expect(tab.liveMark).toHaveText('live');
  await expect(tab.checks).toBeVisible();
  expect(await namelessControls(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a repository that is gone says why, since when and what to do', async ({
  page,
  portal,
}) => {
  const { reason } = (await readRepositories(portal)).get('mobile/android')!;
  await HealthTab.open(page, portal.url, 'android');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The last reading failed');
  await expect(alert).toContainText(reason!.message);
  await expect(alert).toContainText(reason!.action);
  await expect(alert).toContainText('nothing; it was never read');
  await expect(page.getByText('Score unknown')).toHaveCount(1);
});

test('an empty repository says what would be here', async ({
  page,
  portal,
}) => {
  const { reason } = (await readRepositories(portal)).get('sandbox/headless')!;
  await HealthTab.open(page, portal.url, 'headless');
  const panel = page
    .getByRole('status')
    .filter({ hasText: 'Nothing to judge' });
  await expect(panel).toContainText(reason!.message);
  await expect(panel).toContainText(reason!.action);
});

test('an old reading is stale until the repository is read again', async ({
  page,
  portal,
}) => {
  ageReading(portal, 'platform/monorepo', 7);
  const fleet = await FleetPage.open(page, portal.url);
  await expect(fleet.row('platform/monorepo')).toContainText('stale');
  await expect(
    fleet.numbers.getByRole('button', { name: /^1 stale/ }),
  ).toBeVisible();

  const tab = await HealthTab.open(page, portal.url, 'platform-api');
  await expect(page.getByText('This reading is stale')).toBeVisible();
  await expect(tab.header).toContainText('scanned 7 h ago');
  await expect(tab.liveMark).toHaveText('live');
  await tab.remember();
  await tab.header.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('This reading is stale')).toHaveCount(0);
  await expect(tab.header).toContainText(/scanned (just now|\d+ s ago)/);
  expect(await tab.isRemembered()).toBe(true);
});

test('a filter is kept in the link, and a number of trouble filters by it', async ({
  page,
  portal,
}) => {
  const fleet = await FleetPage.open(page, portal.url);
  await expectShownFleet(fleet);
  await fleet.numbers.getByRole('button', { name: /failing/ }).click();
  await expect(fleet.rows).toHaveCount(1);
  await expect(fleet.row('mobile/android')).toBeVisible();
  await expect(page).toHaveURL(/state=failing/);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('searchbox').fill('LEDG');
  await expect(fleet.rows).toHaveCount(1);
  await expect(fleet.row('payments/ledger')).toBeVisible();
  const shared = await FleetPage.open(page, portal.url, '?state=empty');
  await expect(shared.row('sandbox/headless')).toBeVisible();
  await expect(shared.row('payments/ledger')).toHaveCount(0);
});

test('the fleet can be walked and opened by keyboard', async ({
  page,
  portal,
}) => {
  const fleet = await FleetPage.open(page, portal.url, '?sort=name');
  await expectShownFleet(fleet);
  const focused = fleet.rows.getByRole('link').and(page.locator(':focus'));
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(focused).toHaveCount(1, { timeout: 100 });
  }).toPass({ intervals: [0] });
  const first = await focused.innerText();
  await page.keyboard.press('ArrowDown');
  await expect(focused).not.toHaveText(first);
  await page.keyboard.press('End');
  await expect(focused).toHaveText('web/storefront');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/component\/storefront\/health$/);
  await expect(new HealthTab(page).header).toBeVisible();
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('both pages fit', async ({ page, portal }) => {
    await expectShownFleet(await FleetPage.open(page, portal.url));
    await expectNoSidewaysScroll(page);
    const tab = await HealthTab.open(page, portal.url, 'storefront');
    await expect(tab.checks).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' });

  test('both pages are dark', async ({ page, portal }) => {
    const tab = await HealthTab.open(page, portal.url, 'storefront');
    await expect(tab.header).toBeVisible();
    await expectDark(tab.header);
    const fleet = await FleetPage.open(page, portal.url);
    await expectShownFleet(fleet);
    await expectDark(
      fleet.table.getByRole('columnheader').first().locator('xpath=..'),
    );
  });
});

async function expectDark(locator: Locator): Promise<void> {
  const background = await locator.evaluate(
    element => getComputedStyle(element).backgroundColor,
  );
  const channels = background.match(/\d+/g)!.slice(0, 3).map(Number);
  expect(Math.max(...channels), background).toBeLessThan(80);
}
