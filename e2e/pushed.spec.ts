import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { readRepositories } from './portal/readRepositories';
import { expect, test } from './test';

const REPOSITORY = 'payments/ledger';

/** Less than the 15 s after which a live page asks by itself: what is seen sooner was heard of. */
const LIVE = { timeout: 12_000 };

test('pushes change the open Health tab and Fleet page without a reload', async ({
  context,
  portal,
}) => {
  const tab = await HealthTab.open(
    await context.newPage(),
    portal.url,
    'ledger',
  );
  const fleet = await FleetPage.open(await context.newPage(), portal.url);
  for (const page of [tab, fleet]) {
    await expect(page.liveMark).toHaveText('live');
    await page.remember();
  }
  const before = await tab.score();
  expect(before).not.toBeNull();

  await test.step('an ordinary commit', async () => {
    const { commit } = await portal.play('commit', REPOSITORY);
    await expect(tab.header).toContainText(
      `main @ ${commit.slice(0, 7)}`,
      LIVE,
    );
    expect(await tab.score()).toBe(before);
  });

  await test.step('the README is deleted', async () => {
    const { commit } = await portal.play('delete-readme', REPOSITORY);
    await expect(tab.header).toContainText(
      `main @ ${commit.slice(0, 7)}`,
      LIVE,
    );
    await expect(tab.header).toContainText(`was ${before}`);
    const lower = await tab.score();
    expect(lower).toBeLessThan(before!);
    const failing = tab.fixFirst.getByRole('listitem').first();
    await expect(failing).toContainText(/README/);
    await expect(failing).toContainText('How to fix:');
    await expect(tab.changes).toContainText(`${before} → ${lower}`, LIVE);

    const row = fleet.row(REPOSITORY);
    await expect(row).toContainText(`Score ${lower} of 100`, LIVE);
    await expect(row).toContainText(/README/);
    await expect(fleet.lately.getByRole('listitem').first()).toContainText(
      `${REPOSITORY} ${before} → ${lower}`,
      LIVE,
    );
    const { score } = (await readRepositories(portal)).get(REPOSITORY)!;
    expect(score).toBe(lower);
  });

  await test.step('the deletion is reverted', async () => {
    await portal.play('revert', REPOSITORY);
    await expect(fleet.row(REPOSITORY)).toContainText(
      `Score ${before} of 100`,
      LIVE,
    );
    await expect(tab.header).toContainText(`Score ${before} of 100`, LIVE);
  });

  await test.step('history is rewritten by force', async () => {
    const { commit } = await portal.play('force-push', REPOSITORY);
    await expect(tab.header).toContainText(
      `main @ ${commit.slice(0, 7)}`,
      LIVE,
    );
  });

  expect(await tab.isRemembered()).toBe(true);
  expect(await fleet.isRemembered()).toBe(true);
});

test('the first commit of an empty repository brings its first score', async ({
  page,
  portal,
}) => {
  const tab = await HealthTab.open(page, portal.url, 'empty');
  await expect(page.getByText('Nothing to judge')).toBeVisible();
  await expect(tab.liveMark).toHaveText('live');
  await tab.remember();
  const { commit } = await portal.play('commit', 'sandbox/empty');
  await expect(tab.header).toContainText(`main @ ${commit.slice(0, 7)}`, LIVE);
  await expect(tab.header).toContainText(/Score \d+ of 100/);
  await expect(page.getByText('Nothing to judge')).toHaveCount(0);
  expect(await tab.isRemembered()).toBe(true);
});
