import { join } from 'node:path';
import { runGit } from 'backstage-plugin-fettle-node/testUtils';
import { HealthTab } from './pages/HealthTab';
import { openAsGuest } from './pages/openAsGuest';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const COLLEAGUE = 'a-colleague-with-a-token';
const SOON = { settle: '1 second', hold: '0 seconds', timeout: '10 minutes' };
const LICENCE = {
  id: 'add',
  uses: 'add-files',
  with: { files: ['licence'], licence: { id: 'MIT', holder: 'Demo Company' } },
};

const CONFIG = {
  backend: {
    auth: {
      externalAccess: [
        { type: 'static', options: { token: COLLEAGUE, subject: 'colleague' } },
      ],
    },
  },
  fettle: {
    automation: { breaker: { failures: 1 } },
    playbooks: {
      'add-licence': {
        level: 'enforce',
        approval: { by: 1 },
        scope: { repositories: ['data/forecast'] },
        steps: [LICENCE],
        verification: SOON,
      },
      'propose-licence': {
        title: 'Propose a licence',
        trigger: { on: 'person' },
        level: 'propose',
        approval: { by: 1 },
        steps: [LICENCE],
        verification: SOON,
      },
      'apply-drifted-standards': { enabled: false },
    },
  },
};

test('problems are put right by plans that people approve, and automation can be stopped', async ({
  context,
}) => {
  test.setTimeout(300_000);
  const portal = await TestPortal.start({
    ...{ name: 'automation', ci: true, extraConfig: CONFIG },
  });
  const git = (repository: string, ...args: string[]) =>
    runGit(join(portal.demoDir, 'git', `${repository}.git`), args);
  try {
    const tab = await HealthTab.open(
      ...([await context.newPage(), portal.url, 'forecast'] as const),
    );
    const automation = await context.newPage();
    await openAsGuest(automation, `${portal.url}/fettle/automation`);
    await tab.remember();

    await test.step('a verdict is fixed from its tab, once somebody approved the plan', async () => {
      const verdict = tab.fixFirst
        .getByRole('listitem')
        .filter({ hasText: /licence/i });
      // Fettle planned it by itself; it waits for a person.
      await verdict
        .getByRole('button', { name: /waiting|approval/i })
        .click({ timeout: 90_000 });
      const plan = tab.page.getByRole('dialog');
      await expect(plan).toContainText('Demo Company');
      await plan.getByRole('button', { name: 'Approve' }).click();
      await plan.getByRole('button', { name: 'Open its story' }).click();
      await expect(plan).toContainText('merged', { timeout: 60_000 });
      await expect(plan).toContainText('healed', { timeout: 60_000 });
      await tab.page.keyboard.press('Escape');
      await expect(verdict).toBeHidden();
      expect(git('data/forecast', 'show', 'main:LICENSE')).toContain(
        'Demo Company',
      );
      await expect(automation.getByText(/1\s*healed/)).toBeVisible();
      expect(await tab.isRemembered()).toBe(true);
    });

    const { items } = (await portal.get('/repositories?search=billing')) as {
      items: { id: string; name: string }[];
    };
    const [{ id: repositoryId, name: repository }] = items;
    const ask = { playbookId: 'propose-licence', repositoryId };

    await test.step('nobody approves a plan of their own; a colleague does', async () => {
      const made = (await portal.post('/plans', ask)) as {
        id: string;
        hash: string;
      };
      await automation.goto(`${portal.url}/fettle/automation/plans/${made.id}`);
      await expect(
        automation.getByText(/Somebody who did not ask for it/),
      ).toBeVisible();
      await expect(
        automation.getByRole('button', { name: 'Approve' }),
      ).toBeHidden();
      const said = { hash: made.hash, decision: 'approved' };
      await expect(
        portal.post(`/plans/${made.id}/approvals`, said),
      ).rejects.toThrow(/own plan|asked for it/i);
      await portal.post(`/plans/${made.id}/approvals`, said, COLLEAGUE);
      await automation.getByRole('button', { name: 'Apply' }).click();
      await expect(automation.getByText('open', { exact: true })).toBeVisible({
        timeout: 30_000,
      });
    });

    await test.step('a change that a person closes opens the breaker', async () => {
      const branch = git(
        ...([repository, 'for-each-ref', '--format=%(refname)'] as const),
        'refs/heads/fettle',
      ).trim();
      expect(branch).toMatch(/^refs\/heads\/fettle\/propose-licence\//);
      git(repository, 'update-ref', '-d', branch);
      await automation.goto(`${portal.url}/fettle/automation`);
      const breakers = automation.getByRole('region', {
        name: 'Circuit breakers',
      });
      await expect(breakers).toContainText('propose-licence', {
        timeout: 90_000,
      });
      await breakers.getByRole('button', { name: 'Close the breaker' }).click();
      await expect(breakers).toBeHidden();
    });

    await test.step('everything stops at once, and goes on when somebody lets it', async () => {
      const stop = 'Stop all automation';
      await automation.getByRole('button', { name: stop }).click();
      const dialog = automation.getByRole('dialog');
      await dialog.getByRole('textbox').fill('Something is odd.');
      await dialog.getByRole('button', { name: stop }).click();
      await expect(
        automation.getByText('All automation is stopped'),
      ).toBeVisible();
      const { killSwitch } = (await portal.get('/automation')) as {
        killSwitch: { on: boolean; reason: string };
      };
      expect(killSwitch).toMatchObject({
        on: true,
        reason: 'Something is odd.',
      });
      const go = 'Let automation go on';
      await automation.getByRole('button', { name: go }).first().click();
      await dialog.getByRole('textbox').fill('It was not.');
      await dialog.getByRole('button', { name: go }).click();
      await expect(
        automation.getByText('All automation is stopped'),
      ).toBeHidden();
    });
  } finally {
    await portal.close();
  }
});
