import { writeFileSync } from 'node:fs';
import { REPOSITORIES } from '../demo/fleet';
import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { readRepositories } from './portal/readRepositories';
import { TestPortal } from './portal/TestPortal';
import type { Restrictions } from './portals/restricted';
import { expect, test } from './test';

const OF_PAYMENTS = REPOSITORIES.filter(({ components }) =>
  components.some(({ system }) => system === 'payments'),
).map(({ name }) => name);

/** Permissions are decided anew for each request; what the catalog shows is asked every 15 s. */
const SOON = { timeout: 40_000 };

test('a reader sees what the policy allows, in rows and counts, and is told which permission is missing', async ({
  page,
}, testInfo) => {
  const file = testInfo.outputPath('restrictions.json');
  const restrict = (restrictions: Restrictions) =>
    writeFileSync(file, JSON.stringify(restrictions));
  restrict({});
  const portal = await TestPortal.start({
    name: 'restricted',
    entry: '../../e2e/portals/restricted.ts',
    env: { FETTLE_E2E_RESTRICTIONS: file },
  });
  try {
    let fleet = await FleetPage.open(page, portal.url);
    await expect(fleet.rows).toHaveCount(REPOSITORIES.length, {
      timeout: 60_000,
    });
    const { id } = (await readRepositories(portal)).get('payments/ledger')!;

    await test.step('one system is hidden', async () => {
      restrict({ hideSystem: 'payments' });
      fleet = await FleetPage.open(page, portal.url);
      const left = REPOSITORIES.length - OF_PAYMENTS.length;
      await expect(fleet.rows).toHaveCount(left, SOON);
      await expect(fleet.numbers).toContainText(`${left} repositories`, SOON);
      for (const name of OF_PAYMENTS) {
        await expect(fleet.row(name)).toHaveCount(0);
        await expect(page.getByText(name)).toHaveCount(0);
      }
      await expect(portal.get(`/repositories/${id}`)).rejects.toThrow(/404/);
      expect((await readRepositories(portal)).size).toBe(left);
    });

    await test.step('reading repositories is denied', async () => {
      restrict({ deny: ['fettle.repository.read'] });
      await FleetPage.open(page, portal.url);
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('You may not see this');
      await expect(alert).toContainText('fettle.repository.read');
      await HealthTab.open(page, portal.url, 'ledger');
      await expect(alert).toContainText('fettle.repository.read');
    });

    await test.step('asking for a reading is denied', async () => {
      restrict({ deny: ['fettle.repository.refresh'] });
      const tab = await HealthTab.open(page, portal.url, 'ledger');
      await expect(tab.header).toContainText('fettle.repository.refresh');
      await expect(
        tab.header.getByRole('button', { name: 'Refresh' }),
      ).toBeDisabled();
    });
  } finally {
    await portal.close();
  }
});
