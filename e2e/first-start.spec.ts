import { repositoryHealthSchema } from 'backstage-plugin-fettle-common';
import { REPOSITORIES } from '../demo/fleet';
import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { readRepositories } from './portal/readRepositories';
import { expect, test } from './test';

/** What becomes of each kind of repository in the demo fleet. */
const EXPECTED = REPOSITORIES.map(
  ({ name, components, build, defaultBranch }) => ({
    name,
    registered: components.length > 0,
    gone: build === undefined,
    empty: name === 'sandbox/empty',
    headless: defaultBranch !== undefined,
  }),
);

test('a first start shows every repository of the fleet in its state', async ({
  page,
  portal,
}) => {
  const fleet = await FleetPage.open(page, portal.url);
  // Those that only the catalog names come when the catalog has read its files.
  await expect(fleet.rows).toHaveCount(EXPECTED.length, { timeout: 60_000 });
  for (const repository of EXPECTED) {
    const row = fleet.row(repository.name);
    await test.step(repository.name, async () => {
      if (repository.gone) {
        await expect(row).toContainText('failing');
        await expect(row).toContainText(/not|no /);
        await expect(row).toContainText('Score unknown');
      } else if (repository.empty || repository.headless) {
        await expect(row).toContainText('empty');
        await expect(row).toContainText('Score unknown');
      } else {
        await expect(row).toContainText(/Score \d+ of 100, (good|fair|poor)/);
        await expect(row).not.toContainText(/failing|stale|pending/);
      }
      await expect(row.getByText('not in the catalog')).toHaveCount(
        repository.registered ? 0 : 1,
      );
    });
  }
  await expect(fleet.row('platform/monorepo')).toContainText('2 entities');
  await expect(fleet.liveMark).toHaveText('live');
});

test('the scores on the page are those of the API, and tell repositories apart', async ({
  page,
  portal,
}) => {
  const fleet = await FleetPage.open(page, portal.url);
  await expect(fleet.rows).toHaveCount(EXPECTED.length);
  const repositories = await readRepositories(portal);
  expect([...repositories.keys()].sort()).toEqual(
    EXPECTED.map(({ name }) => name).sort(),
  );
  for (const { name, score, level } of repositories.values()) {
    await expect(fleet.row(name)).toContainText(
      score === null ? 'Score unknown' : `Score ${score} of 100, ${level}`,
    );
  }
  const scores = [...repositories.values()].flatMap(({ score }) => score ?? []);
  expect(new Set(scores).size).toBeGreaterThan(3);
});

test('the Health tab shows every verdict with its evidence', async ({
  page,
  portal,
}) => {
  const repositories = await readRepositories(portal);
  const { id } = repositories.get('data/forecast')!;
  const health = repositoryHealthSchema.parse(
    await portal.get(`/repositories/${id}`),
  );
  expect(health.verdicts.length).toBeGreaterThanOrEqual(10);
  const tab = await HealthTab.open(page, portal.url, 'forecast');
  await expect(tab.header).toContainText(`Score ${health.score} of 100`);
  for (const { group } of health.groups) {
    const head = tab.checks.getByRole('button', {
      name: new RegExp(`^${group} Score`),
    });
    if ((await head.getAttribute('aria-expanded')) === 'false') {
      await head.click();
    }
  }
  for (const verdict of health.verdicts) {
    await test.step(verdict.check.title, async () => {
      const row = tab.verdict(verdict.check.id);
      await row.click();
      const details = tab.checks.getByRole('region', {
        name: verdict.check.title,
      });
      await expect(details).toContainText(verdict.message);
      await expect(details).toContainText(verdict.check.why);
      for (const { message, path } of verdict.evidence.slice(0, 5)) {
        await expect(details).toContainText(message);
        if (path) await expect(details).toContainText(path);
      }
      await row.click();
      await expect(details).toHaveCount(0);
    });
  }
  const worst = health.verdicts
    .filter(({ status }) => status === 'fail')
    .sort((one, other) => other.worth - one.worth)[0];
  const first = tab.fixFirst.getByRole('listitem').first();
  await expect(first).toContainText(worst.check.title);
  await expect(first).toContainText(worst.check.fix);
});
