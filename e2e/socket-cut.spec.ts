import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { expect, test } from './test';

/** Within this, every page is right again, whatever became of its socket. */
const RIGHT_AGAIN = { timeout: 20_000 };

/** The signals client tries again every 5 s; a stalled socket is given up after 12 s and 8 s more. */
const LIVE_AGAIN = { timeout: 45_000 };

test('with the socket cut, pages say so, are right again within 20 s, and live when it is back', async ({
  context,
  portal,
}) => {
  const gate = portal.gate!;
  const tab = await HealthTab.open(
    await context.newPage(),
    portal.url,
    'edge-proxy',
  );
  const fleet = await FleetPage.open(await context.newPage(), portal.url);
  for (const page of [tab, fleet]) {
    await expect(page.liveMark).toHaveText('live');
    await page.remember();
  }
  expect(gate.openWebsockets).toBeGreaterThan(0);
  const before = await tab.score();

  gate.drop();
  await expect.poll(() => gate.openWebsockets).toBe(0);
  const { commit } = await portal.play('delete-readme', 'platform/edge-proxy');
  await expect(tab.header).toContainText(
    `main @ ${commit.slice(0, 7)}`,
    RIGHT_AGAIN,
  );
  const lower = await tab.score();
  expect(lower).toBeLessThan(before!);
  await expect(fleet.row('platform/edge-proxy')).toContainText(
    `Score ${lower} of 100`,
    RIGHT_AGAIN,
  );
  await expect(tab.liveMark).toHaveText('catching up', RIGHT_AGAIN);
  await expect(fleet.liveMark).toHaveText('catching up', RIGHT_AGAIN);

  gate.restore();
  await expect(tab.liveMark).toHaveText('live', LIVE_AGAIN);
  await expect(fleet.liveMark).toHaveText('live', LIVE_AGAIN);
  const after = await portal.play('revert', 'platform/edge-proxy');
  await expect(tab.header).toContainText(`main @ ${after.commit.slice(0, 7)}`, {
    timeout: 12_000,
  });
  expect(await tab.isRemembered()).toBe(true);
  expect(await fleet.isRemembered()).toBe(true);
});

test('a socket that is open and dead is found out', async ({
  page,
  portal,
}) => {
  const gate = portal.gate!;
  const tab = await HealthTab.open(page, portal.url, 'forecast');
  await expect(tab.liveMark).toHaveText('live');
  await tab.remember();

  gate.stall();
  const { commit } = await portal.play('commit', 'data/forecast');
  await expect(tab.header).toContainText(
    `main @ ${commit.slice(0, 7)}`,
    RIGHT_AGAIN,
  );
  await expect(tab.liveMark).toHaveText('catching up', RIGHT_AGAIN);

  gate.restore();
  await expect(tab.liveMark).toHaveText('live', LIVE_AGAIN);
  expect(await tab.isRemembered()).toBe(true);
});
