import { addAdvisory } from '../demo/content/advisories';
import { openComponent } from './pages/openComponent';
import { SecurityTab } from './pages/SecurityTab';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const LODASH = 'CVE-2019-10744';

test('findings open, hide, come back and close by themselves', async ({
  context,
}) => {
  const portal = await TestPortal.start({ name: 'security', ci: true });
  try {
    const tab = await SecurityTab.open(
      await context.newPage(),
      portal.url,
      'platform-api',
    );
    await expect(tab.liveMark).toHaveText('live');
    const overview = await context.newPage();
    await openComponent(overview, portal.url, 'platform-api');
    await tab.remember();

    await test.step('what the demo has is found, with its fix', async () => {
      const finding = tab.finding(LODASH);
      await expect(finding).toContainText('lodash 4.17.10');
      await finding.getByRole('button', { name: /^Show details/ }).click();
      await expect(finding).toContainText('4.17.12');
      await expect(finding).toContainText('services/api/package-lock.json');
      await expect(overview.getByText(LODASH)).toBeVisible();
    });

    await test.step('an exception hides it, and returns it when it is taken back', async () => {
      const finding = tab.finding(LODASH);
      await finding.getByRole('button', { name: 'Accept…' }).click();
      const dialog = tab.page.getByRole('dialog');
      await dialog.getByLabel(/^Why/).fill('Never called with foreign input.');
      await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(finding).toBeHidden();
      await tab.only('accepted');
      // It is still opened.
      await expect(finding).toContainText('Never called with foreign input.');
      await finding.getByRole('button', { name: 'Take back' }).click();
      await expect(finding).toBeHidden();
      await tab.page.getByRole('button', { name: 'Clear filters' }).click();
      await expect(finding).toBeVisible();
    });

    await test.step('a new advisory is matched without a scan', async () => {
      const { cve } = await addAdvisory(portal.demoDir);
      await expect(tab.finding(cve)).toContainText('minimist 1.2.0', {
        timeout: 60_000,
      });
    });

    await test.step('a pushed fix closes what it fixes, and nothing else', async () => {
      await portal.play('update-dependency', 'platform/monorepo');
      await expect(tab.finding(LODASH)).toBeHidden();
      await expect(tab.finding('CVE-2021-23337')).toBeHidden();
      await expect(tab.finding('minimist')).toBeVisible();
      await tab.only('fixed');
      await expect(tab.finding(LODASH)).toBeVisible();
    });

    await test.step('a history that is rewritten is a threat', async () => {
      await tab.page.getByRole('button', { name: 'Clear filters' }).click();
      await portal.play('force-push', 'platform/monorepo');
      const threat = tab.finding('History of the default branch was rewritten');
      await threat.getByRole('button').first().click();
      await expect(threat).toContainText('out of its history');
    });
    expect(await tab.isRemembered()).toBe(true);
  } finally {
    await portal.close();
  }
});
