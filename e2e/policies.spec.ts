import { readFile } from 'node:fs/promises';
import { openAsGuest } from './pages/openAsGuest';
import { SecurityTab } from './pages/SecurityTab';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const LODASH = 'lodash 4.17.10 must not be used';

test('policies are judged, a draft is replayed, and a pushed fix keeps one', async ({
  context,
}) => {
  const portal = await TestPortal.start({
    name: 'policies',
    extraConfig: {
      fettle: {
        policies: {
          'no-old-lodash': {
            title: LODASH,
            condition:
              '!components.exists(c, c.name == "lodash" && c.version == "4.17.10")',
            severity: 'high',
            level: 'enforce',
            message: 'Update lodash.',
          },
        },
      },
    },
  });
  try {
    const page = await context.newPage();
    await openAsGuest(page, `${portal.url}/fettle-security/policies`);
    const policies = page.getByRole('region', { name: 'Policies' });
    const own = policies.getByRole('listitem').filter({ hasText: LODASH });
    await expect(own).toContainText('1 violated', { timeout: 60_000 });
    await expect(
      policies.getByRole('listitem').filter({ hasText: 'no-secrets' }),
    ).toContainText('kept');

    await test.step('a draft says who would not keep it, and since when', async () => {
      await own.getByRole('button').first().click();
      await own.getByRole('button', { name: 'Take as a draft' }).click();
      await page.getByRole('button', { name: 'Replay', exact: true }).click();
      const result = page.getByRole('region', { name: 'What the draft says' });
      await expect(result.getByRole('table')).toContainText(
        'platform/monorepo',
      );
      const today = new Date().toISOString().slice(0, 10);
      await expect(result.getByRole('table')).toContainText(today);
    });

    await test.step('a wrong draft says what is wrong', async () => {
      await page.getByLabel(/^Condition/).fill('repository.nme == ""');
      await page.getByRole('button', { name: 'Replay', exact: true }).click();
      await expect(page.getByText(/nme/).last()).toBeVisible();
      await expect(
        page.getByText('The draft cannot be evaluated'),
      ).toBeVisible();
    });

    await test.step('frameworks are counted, and their evidence is one archive', async () => {
      const other = await context.newPage();
      await other.goto(
        `${portal.url}/fettle-security/compliance?framework=scorecard`,
      );
      const controls = other.getByRole('region', { name: 'Controls' });
      await controls.getByRole('button', { name: /Vulnerabilities/ }).click();
      await expect(controls).toContainText('platform/monorepo');
      const [archive] = await Promise.all([
        other.waitForEvent('download'),
        other.getByRole('button', { name: 'Export' }).click(),
      ]);
      const content = await readFile(await archive.path());
      expect(content.subarray(0, 2).toString()).toBe('PK');
    });

    await test.step('a push that keeps it is seen on both pages', async () => {
      const tab = await SecurityTab.open(
        await context.newPage(),
        portal.url,
        'platform-api',
      );
      const here = tab.page
        .getByRole('region', { name: 'Policies' })
        .getByRole('listitem')
        .filter({ hasText: LODASH });
      await expect(here).toHaveAttribute('data-status', 'violated');
      await portal.play('update-dependency', 'platform/monorepo');
      await expect(here).toHaveAttribute('data-status', 'kept', {
        timeout: 30_000,
      });
      await expect(own).not.toContainText('violated');
    });
  } finally {
    await portal.close();
  }
});
