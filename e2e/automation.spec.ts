import { AutomationPage } from './pages/AutomationPage';
import { CampaignPage } from './pages/CampaignPage';
import { openAsColleague } from './pages/openAsColleague';
import { PlanDrawer } from './pages/PlanDrawer';
import { SecurityTab } from './pages/SecurityTab';
import { addPipeline } from './portal/addPipeline';
import { automationConfig } from './portal/automationConfig';
import { firstRun } from './portal/firstRun';
import { gitOf } from './portal/gitOf';
import { holdChecks } from './portal/holdChecks';
import { pushFiles } from './portal/pushFiles';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

/** As somebody writes it in a hurry. */
const PUBLISH = `name: publish
on:
  push:
    tags: ['v*']
permissions: write-all
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - run: .ci/run
`;

/** From a click to what is read again in a target, with its pipeline between. */
const PROVED = { timeout: 60_000 };

let portal: TestPortal;

test.beforeAll(async () => {
  portal = await TestPortal.start({
    ...{ name: 'automation', ci: true, extraConfig: automationConfig },
    entry: '../../e2e/portals/twoPeople.ts',
  });
});

test.afterAll(() => portal?.close());

test('a finding is fixed from its tab, and the tab is green', async ({
  context,
}) => {
  const forecast = gitOf(portal, 'data/forecast');
  const tab = await SecurityTab.open(
    ...([await context.newPage(), portal.url, 'forecast'] as const),
  );
  await expect(tab.liveMark).toHaveText('live');
  await tab.remember();
  await pushFiles(portal, 'data/forecast', 'Publish by itself', {
    '.github/workflows/publish.yml': PUBLISH,
  });
  await firstRun(portal, 'data/forecast');
  const finding = tab.finding('A workflow may write everything');
  const violated = tab.page
    .getByRole('region', { name: 'Policies' })
    .locator('li[data-status="violated"]');
  await expect(violated).toContainText('Workflows have the permissions');
  await finding
    .getByRole('button', { name: /^Fix this.*waits for approval/ })
    .click();

  const drawer = new PlanDrawer(tab.page);
  await expect(drawer.plan.locator('del')).toContainText('write-all');
  expect(forecast.branches()).toEqual([]);
  await drawer.button('Approve').click();
  await drawer.button('Open its story').click();
  await expect(drawer.state).toHaveText('healed', PROVED);
  await expect(drawer.story).toContainText('Merged the change.');
  // What CI told is kept: Git itself knows of no checks.
  await expect(
    drawer.story.getByRole('region', { name: 'Change', exact: true }),
  ).toContainText(/Checks\s*passed/);
  await drawer.close();
  await expect(finding).toBeHidden();
  await expect(tab.page.getByText('nothing open')).toBeVisible();
  await expect(violated).toHaveCount(0);
  expect(await tab.isRemembered()).toBe(true);

  expect(
    forecast.git('show', 'main:.github/workflows/publish.yml'),
  ).not.toContain('write-all');
  expect(forecast.branches()).toEqual([]);
});

test('what a person asks for is approved by a second person', async ({
  browser,
  context,
}) => {
  const storefront = gitOf(portal, 'web/storefront');
  await addPipeline(portal, 'web/storefront');
  const page = await CampaignPage.open(
    ...([await context.newPage(), portal.url] as const),
  );
  await page.remember();
  await page.make({
    ...{ title: 'Licence the shop', playbook: 'Add the licence of shops' },
    ...{ repositories: 'web/storefront', waves: '1' },
  });
  await expect(page.header('Licence the shop')).toContainText(
    ...(['would change 1 of 1', PROVED] as const),
  );

  await test.step('nobody approves what they asked for', async () => {
    await expect(page.acts).toContainText('0 of 1 approvals');
    await expect(page.acts).toContainText(/somebody who did not make it/);
    await expect(page.acts.getByRole('button')).toHaveText(['Cancel…']);
    await page.show('web/storefront');
    const own = new PlanDrawer(page.page);
    await expect(own.plan).toContainText('Copyright (c) 2026 Demo Company');
    await expect(own.button('Approve')).toBeHidden();
    const id = new URL(page.page.url()).searchParams.get('plan');
    const { hash } = (await portal.get(`/plans/${id}`)) as { hash: string };
    await expect(
      portal.post(`/plans/${id}/approvals`, { hash, decision: 'approved' }),
    ).rejects.toThrow(/: 403[^]*You asked for this plan/);
    await own.close();
  });

  await test.step('a colleague does, in a browser of her own', async () => {
    const hers = await browser.newContext();
    const list = await openAsColleague(
      ...([hers, 'elif', `${portal.url}/fettle/automation/campaigns`] as const),
    );
    await list.getByRole('link', { name: 'Licence the shop' }).click();
    const her = new CampaignPage(list);
    await her.confirm('Approve', 'Approve', 'Looked at it.');
    await expect(her.acts).toContainText(/1 of 1 approvals: elif/i);
    await hers.close();
  });

  expect(storefront.branches()).toEqual([]);
  await page.confirm('Start…', 'Start');
  await expect(page.item('web/storefront')).toContainText('healed', PROVED);
  await expect(page.header('Licence the shop')).toContainText('finished');
  expect(await page.isRemembered()).toBe(true);
  expect(storefront.git('show', 'main:LICENSE')).toContain('Demo Company');
  expect(storefront.git('log', '-1', '--format=%an')).toBe('Fettle');
  expect(storefront.branches()).toEqual([]);
});

test('a campaign is paused, resumed and cancelled', async ({ context }) => {
  const NAMES = ['payments/ledger', 'platform/edge-proxy', 'web/design-system'];
  const [ledger, proxy, design] = NAMES.map(name => gitOf(portal, name));
  const letLedgerPass = await holdChecks(portal, 'payments/ledger');
  const letProxyPass = await holdChecks(portal, 'platform/edge-proxy');
  const page = await CampaignPage.open(
    ...([await context.newPage(), portal.url] as const),
  );
  const campaign = page.header('Say how to report');
  await page.remember();

  await test.step('a draft shows what would be done', async () => {
    await page.make({
      title: 'Say how to report',
      playbook: 'Say how vulnerabilities are reported',
      ...{ repositories: NAMES.join(', '), waves: '1, 1, 100 %' },
    });
    await expect(campaign).toContainText('would change 3 of 3', PROVED);
    await expect(page.samples.locator('ins').first()).toBeVisible();
    [ledger, proxy, design].forEach(({ branches }) =>
      expect(branches()).toEqual([]),
    );
  });

  await test.step('paused, what runs goes on, and nothing new is begun', async () => {
    await page.confirm('Start…', 'Start');
    await expect(page.item('payments/ledger')).toContainText(
      'change open',
      PROVED,
    );
    await page.confirm('Pause…', 'Pause', 'Lunch');
    await expect(campaign).toContainText('paused');
    letLedgerPass();
    await expect(page.item('payments/ledger')).toContainText('healed', PROVED);
    await expect(page.wave(1)).toHaveAttribute('data-wave', 'done');
    await expect(page.wave(2)).toHaveAttribute('data-wave', 'waiting');
    await expect(campaign).toContainText('paused');
    expect(ledger.has('SECURITY.md')).toBe(true);
    expect(proxy.branches()).toEqual([]);
  });

  await test.step('resumed, it goes on where it stopped', async () => {
    await page.confirm('Resume…', 'Resume');
    await expect(page.wave(2)).toHaveAttribute(
      ...(['data-wave', /^(running|verifying)$/] as const),
    );
    await expect(page.item('platform/edge-proxy')).toContainText(
      ...(['change open', PROVED] as const),
    );
    expect(proxy.branches()).toEqual([
      expect.stringMatching(/^fettle\/say-how-to-report\/[0-9a-f]{12}$/),
    ]);
  });

  await test.step('cancelled, what is open is closed, and what is merged stays', async () => {
    const reason = 'The address is another one now.';
    await page.confirm('Cancel…', 'Cancel the campaign', reason);
    await expect(campaign).toContainText('cancelled');
    await expect(page.page.getByText(reason)).toBeVisible();
    await expect(page.item('platform/edge-proxy')).toContainText(
      ...(['cancelled', PROVED] as const),
    );
    await expect(page.item('web/design-system')).not.toContainText(
      'change open',
    );
    expect(proxy.branches()).toEqual([]);
    expect(proxy.has('SECURITY.md')).toBe(false);
    expect(design.branches()).toEqual([]);
    expect(design.has('SECURITY.md')).toBe(false);
    expect(ledger.has('SECURITY.md')).toBe(true);
  });
  await test.step('nothing of it waits for anybody any more', async () => {
    await page.page.getByRole('link', { name: 'Overview' }).click();
    await expect(page.waiting('platform/scratchpad')).toBeVisible();
    await expect(page.waiting('web/design-system')).toHaveCount(0);
  });
  expect(await page.isRemembered()).toBe(true);
  letProxyPass();
});

test('a failure opens the breaker of a playbook, and a person closes it', async ({
  context,
}) => {
  const billing = gitOf(portal, 'legacy/billing-batch');
  const forecast = gitOf(portal, 'data/forecast');
  // It has no test, and its pipeline wants one.
  await pushFiles(portal, 'legacy/billing-batch', 'Say who to call', {
    'CALL.txt': 'Amara\n',
  });
  await firstRun(portal, 'legacy/billing-batch');
  const before = billing.head();
  const page = await AutomationPage.open(
    ...([await context.newPage(), portal.url] as const),
  );
  const drawer = new PlanDrawer(page.page);
  const approve = async (repository: string) => {
    await page
      .waiting(repository)
      .filter({ hasText: 'Add the licences of old' })
      .getByRole('button')
      .click();
    await drawer.button('Approve').click();
    await drawer.button('Open its story').click();
  };
  const breakers = page.region('Circuit breakers');
  await page.remember();

  await test.step('its checks fail, it is taken back, and the playbook is stopped', async () => {
    await approve('legacy/billing-batch');
    await expect(drawer.state).toHaveText(/^(failed|reverted)$/, PROVED);
    await expect(drawer.story).toContainText('The checks of the change failed');
    await drawer.close();
    await expect(breakers).toContainText('Add the licences of old');
    await expect(breakers).toContainText('The checks of the change failed');
    expect(billing.branches()).toEqual([]);
    expect(billing.head()).toBe(before);
  });

  await test.step('what it would do next is held back', async () => {
    await approve('data/forecast');
    await expect(drawer.state).toHaveText('held back');
    await expect(drawer.story).toContainText(/breaker/i);
    expect(forecast.branches()).toEqual([]);
    await drawer.close();
    await expect(page.running('data/forecast')).toContainText('held back');
  });

  await test.step('closed, it goes on', async () => {
    const close = 'Close the breaker';
    await page.confirm(close, close, 'It has a test now.');
    await expect(breakers).toBeHidden();
    await expect(page.running('data/forecast')).toBeHidden(PROVED);
    await expect(
      page
        .region('Ended lately')
        .getByRole('listitem')
        .filter({ hasText: 'Add the licences of old' })
        .filter({ hasText: 'data/forecast' }),
    ).toContainText('healed');
    expect(forecast.git('show', 'main:LICENSE')).toContain('Demo Company');
  });
  expect(await page.isRemembered()).toBe(true);
});

test('one switch stops everything, and lets it go on', async ({ context }) => {
  const scripts = gitOf(portal, 'platform/scratchpad');
  await addPipeline(portal, 'platform/scratchpad');
  const page = await AutomationPage.open(
    ...([await context.newPage(), portal.url] as const),
  );
  const other = await AutomationPage.open(
    ...([await context.newPage(), portal.url] as const),
  );
  const stopped = page.page.getByText('All automation is stopped');
  await expect(page.waiting('platform/scratchpad')).toBeVisible(PROVED);
  await page.remember();

  await test.step('stopped, for everybody, with the reason', async () => {
    const stop = 'Stop all automation';
    await page.confirm(stop, stop, 'Something is odd.');
    await expect(stopped).toBeVisible();
    await expect(
      other.page.getByText('All automation is stopped'),
    ).toBeVisible();
    await expect(other.page.getByText('Something is odd.')).toBeVisible();
  });

  await test.step('what is approved now is held back', async () => {
    await page.waiting('platform/scratchpad').getByRole('button').click();
    const drawer = new PlanDrawer(page.page);
    await drawer.button('Approve').click();
    await drawer.button('Open its story').click();
    await expect(drawer.state).toHaveText('held back');
    await expect(drawer.story).toContainText('Something is odd.');
    await drawer.close();
    await expect(page.running('platform/scratchpad')).toContainText(
      'held back',
    );
    expect(scripts.branches()).toEqual([]);
    expect(scripts.has('LICENSE')).toBe(false);
  });

  await test.step('and goes on once somebody lets it', async () => {
    const go = 'Let automation go on';
    await page.confirm(go, go, 'It was not.');
    await expect(stopped).toBeHidden();
    await expect(
      page
        .region('Ended lately')
        .getByRole('listitem')
        .filter({ hasText: 'platform/scratchpad' }),
    ).toContainText('healed', PROVED);
    expect(scripts.git('show', 'main:LICENSE')).toContain('Demo Company');
  });
  expect(await page.isRemembered()).toBe(true);
});
