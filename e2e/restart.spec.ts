import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { readRepositories } from './portal/readRepositories';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const REPOSITORY = 'payments/gateway';
const RIGHT_AGAIN = { timeout: 20_000 };

test('pages outlive a restart and a crash of the backend', async ({
  context,
}) => {
  const portal = await TestPortal.start({ name: 'restart' });
  try {
    const fleet = await FleetPage.open(await context.newPage(), portal.url);
    await expect(fleet.liveMark).toHaveText('live');
    const tab = await HealthTab.open(
      await context.newPage(),
      portal.url,
      'gateway',
    );
    await expect(tab.liveMark).toHaveText('live');
    await expect(fleet.row(REPOSITORY)).toContainText(/Score \d+ of 100/);
    await fleet.remember();
    await tab.remember();

    await test.step('stopped and started', async () => {
      const before = await readRepositories(portal);
      await portal.stop();
      await expect(tab.liveMark).toHaveText(/^offline since /, RIGHT_AGAIN);
      await expect(fleet.liveMark).toHaveText(/^offline since /, RIGHT_AGAIN);
      // What was known stays readable.
      await expect(tab.header).toContainText(/Score \d+ of 100/);
      const { commit } = await portal.play('delete-readme', REPOSITORY);

      await portal.start();
      await expect(tab.header).toContainText(
        `@ ${commit.slice(0, 7)}`,
        RIGHT_AGAIN,
      );
      const { score } = before.get(REPOSITORY)!;
      const lower = await tab.score();
      expect(lower).toBeLessThan(score!);
      await expect(fleet.row(REPOSITORY)).toContainText(
        `Score ${lower} of 100`,
        RIGHT_AGAIN,
      );
      const after = await readRepositories(portal);
      for (const [name, { score: was, collectedAt }] of before) {
        if (name === REPOSITORY) continue;
        expect(after.get(name)?.score, name).toBe(was);
        expect(after.get(name)?.collectedAt === null, name).toBe(
          collectedAt === null,
        );
      }
    });

    await test.step('killed and started', async () => {
      await portal.kill();
      const { commit } = await portal.play('revert', REPOSITORY);
      await portal.start();
      await expect(tab.header).toContainText(
        `@ ${commit.slice(0, 7)}`,
        RIGHT_AGAIN,
      );
      for (const page of [tab, fleet]) {
        await expect(page.liveMark).toHaveText('live', { timeout: 45_000 });
      }
      const { score } = (await readRepositories(portal)).get(REPOSITORY)!;
      await expect(fleet.row(REPOSITORY)).toContainText(
        `Score ${score} of 100`,
      );
    });

    expect(await tab.isRemembered()).toBe(true);
    expect(await fleet.isRemembered()).toBe(true);
  } finally {
    await portal.close();
  }
});
