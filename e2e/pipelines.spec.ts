import { openComponent } from './pages/openComponent';
import { PipelinesTab } from './pages/PipelinesTab';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const LEDGER = 'payments/ledger';
const GATEWAY = 'payments/gateway';

/** Each test has the CI of the demo beside its portal: real scripts, real pushes. */
async function withPortal(
  name: string,
  work: (portal: TestPortal) => Promise<void>,
): Promise<void> {
  const portal = await TestPortal.start({ name, ci: true });
  try {
    await work(portal);
  } finally {
    await portal.close();
  }
}

test('a run appears, moves and finishes on open pages, and the card and the numbers follow', async ({
  context,
}) => {
  await withPortal('pipelines', async portal => {
    const tab = await PipelinesTab.open(
      await context.newPage(),
      portal.url,
      'ledger',
    );
    await expect(tab.liveMark).toHaveText('live');
    const overview = await context.newPage();
    await openComponent(overview, portal.url, 'ledger');
    await tab.remember();

    await test.step('a push', async () => {
      await portal.play('commit', LEDGER);
      const run = tab.run('Note what changed');
      await expect(run).toHaveAttribute('data-state', 'running');
      const jobs = run.getByRole('list', { name: 'Jobs' });
      await expect(jobs.getByRole('listitem')).toHaveCount(4);
      await expect(run).toHaveAttribute('data-state', 'succeeded');
      await expect(
        jobs.getByRole('listitem').filter({ hasText: 'passed' }),
      ).toHaveCount(4);
      await expect(tab.page.getByText('passing').first()).toBeVisible();
      await expect(overview.getByText('passing').first()).toBeVisible();
    });

    await test.step('a push that breaks it', async () => {
      await portal.play('break-build', LEDGER);
      const run = tab.run('Begin with instalments');
      await expect(run).toHaveAttribute('data-state', 'failed');
      await expect(tab.page.getByText('failing').first()).toBeVisible();
      await expect(overview.getByText('failing').first()).toBeVisible();
      await tab.toggle('Begin with instalments');
      await expect(
        tab.page.getByText('unfinished.txt is unfinished').first(),
      ).toBeVisible();
      await expect(tab.page.getByText('Unit tests').first()).toBeVisible();
    });

    await test.step('a push that mends it', async () => {
      await portal.play('fix-build', LEDGER);
      await expect(tab.page.getByText('passing').first()).toBeVisible();
      await expect(overview.getByText('passing').first()).toBeVisible();
    });
    expect(await tab.isRemembered()).toBe(true);
  });
});

test('a rerun makes a flaky run green, and a slow one can be cancelled', async ({
  context,
}) => {
  await withPortal('reruns', async portal => {
    const tab = await PipelinesTab.open(
      await context.newPage(),
      portal.url,
      'gateway',
    );
    await expect(tab.liveMark).toHaveText('live');
    await tab.remember();

    await test.step('rerun', async () => {
      const first = tab.run('Note what changed');
      // Every other commit meets a cold cache: which one is up to its hash.
      for (let tries = 0; tries < 12; tries++) {
        const { commit } = await portal.play('commit', GATEWAY);
        await expect(first).toContainText(commit.slice(0, 7));
        await expect(first).toHaveAttribute('data-state', /succeeded|failed/);
        if ((await first.getAttribute('data-state')) === 'failed') break;
      }
      await expect(first).toHaveAttribute('data-state', 'failed');
      await first.getByRole('button', { name: 'Rerun failed' }).click();
      await expect(first).toHaveAttribute('data-state', 'succeeded');
      await expect(tab.page.getByText('passing').first()).toBeVisible();
    });

    await test.step('cancel', async () => {
      await portal.play('slow-build', GATEWAY);
      const slow = tab.run('Soak for a minute');
      await expect(slow).toHaveAttribute('data-state', 'running');
      await slow.getByRole('button', { name: 'Cancel' }).click();
      await expect(slow).toHaveAttribute('data-state', 'cancelled');
    });
    expect(await tab.isRemembered()).toBe(true);
  });
});
