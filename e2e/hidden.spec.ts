import type { Page } from '@playwright/test';
import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { expect, test } from './test';

const RIGHT_AGAIN = { timeout: 20_000 };

/** Requests to Fettle's API from now on. */
function countRequests(page: Page): () => number {
  let count = 0;
  page.on('request', request => {
    if (request.url().includes('/api/fettle/')) count += 1;
  });
  return () => count;
}

/** What a page is told when another tab covers it. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(value => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (value ? 'hidden' : 'visible'),
    });
    Object.defineProperty(document, 'hidden', {
      configurable: true,
      get: () => value,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('a hidden tab asks for nothing, and is right again when it is shown', async ({
  page,
  portal,
}) => {
  const fleet = await FleetPage.open(page, portal.url);
  await expect(fleet.liveMark).toHaveText('live');
  const row = fleet.row('web/design-system');
  await expect(row).toContainText(/Score \d+ of 100/);
  const shown = await row.getByText(/^Score \d+ of 100/).innerText();
  await fleet.remember();
  await page.clock.install();

  await setHidden(page, true);
  const requests = countRequests(page);
  await portal.play('delete-readme', 'web/design-system');
  // An hour passes in the page.
  await page.clock.runFor('01:00:00');
  expect(requests()).toBe(0);
  await expect(row).toContainText(shown);

  await setHidden(page, false);
  await page.clock.resume();
  await expect(row).not.toContainText(shown, RIGHT_AGAIN);
  await expect(row).toContainText(/README/);
  expect(requests()).toBeGreaterThan(0);
  expect(await fleet.isRemembered()).toBe(true);
});

test('a page whose machine slept is right again when it wakes up', async ({
  context,
  page,
  portal,
}) => {
  const tab = await HealthTab.open(page, portal.url, 'log-shipper');
  await expect(tab.liveMark).toHaveText('live');
  await tab.remember();
  const devtools = await context.newCDPSession(page);
  // Playwright keeps pages awake.
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  portal.gate!.drop();

  const { commit } = await portal.play('commit', 'platform/log-shipper');
  portal.gate!.restore();
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(tab.header).toContainText(
    `main @ ${commit.slice(0, 7)}`,
    RIGHT_AGAIN,
  );
  await expect(tab.liveMark).toHaveText('live', { timeout: 45_000 });
  expect(await tab.isRemembered()).toBe(true);
});
