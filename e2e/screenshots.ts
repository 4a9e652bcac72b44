import { chromium, type Page } from '@playwright/test';
import { mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutomationPage } from './pages/AutomationPage';
import { FleetPage } from './pages/FleetPage';
import { HealthTab } from './pages/HealthTab';
import { openAsGuest } from './pages/openAsGuest';
import { PipelinesTab } from './pages/PipelinesTab';
import { PlanDrawer } from './pages/PlanDrawer';
import { SecurityTab } from './pages/SecurityTab';
import { TestPortal } from './portal/TestPortal';

const FOLDER = join('docs', 'images');
const MAX_BYTES = 400 * 1024;

/** Takes the pictures of the README from a portal that has just started. */
async function takeScreenshots(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const portal = await TestPortal.start({
    name: 'fettle-pictures',
    // Addresses of repositories are in the picture; they name no one's home.
    folder: tmpdir(),
    ci: true,
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const open = async (colorScheme: 'light' | 'dark') => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
      colorScheme,
    });
    // A busy machine takes its time.
    context.setDefaultTimeout(120_000);
    return context.newPage();
  };
  try {
    const page = await open('light');
    const fleet = await FleetPage.open(page, portal.url);
    await fleet.row('mobile/android').waitFor({ timeout: 60_000 });
    // Life, so that the pages have something to tell.
    await portal.play('delete-readme', 'payments/ledger');
    await portal.play('conflict', 'web/design-system');
    await portal.play('fix', 'payments/gateway');
    await fleet.lately
      .getByText(/\d+ → \d+/)
      .nth(2)
      .waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await fleet.liveMark.filter({ hasText: /^live$/ }).waitFor();
    await picture(page, 'fleet');
    for (const colorScheme of ['light', 'dark'] as const) {
      const own = await open(colorScheme);
      const tab = await HealthTab.open(own, portal.url, 'ledger');
      await tab.fixFirst
        .getByText(/README/)
        .first()
        .waitFor();
      await tab.liveMark.filter({ hasText: /^live$/ }).waitFor();
      await picture(own, colorScheme === 'dark' ? 'health-dark' : 'health');
    }
    await takePipelines(portal, await open('light'));
    const security = await SecurityTab.open(
      await open('light'),
      portal.url,
      'platform-api',
    );
    await security.finding('CVE-2019-10744').waitFor();
    await security.liveMark.filter({ hasText: /^live$/ }).waitFor();
    await picture(security.page, 'security');
    await takePolicies(portal, await open('light'));
    await takeAutomation(portal, await open('light'));
  } finally {
    await browser.close();
    await portal.close();
  }
}

/** A broken run with its log, one that runs, and what the fleet makes of them. */
async function takePipelines(portal: TestPortal, page: Page): Promise<void> {
  const tab = await PipelinesTab.open(page, portal.url, 'ledger');
  const finish = async (subject: string) => {
    const done = '[data-state="succeeded"], [data-state="failed"]';
    await tab.run(subject).and(page.locator(done)).waitFor();
  };
  await portal.play('commit', 'payments/ledger');
  await finish('Note what changed');
  await portal.play('break-build', 'payments/ledger');
  await finish('Begin with instalments');
  await portal.play('break-build', 'web/design-system');
  await portal.play('slow-build', 'payments/ledger');
  const slow = tab.run('Soak for a minute');
  await slow.and(page.locator('[data-state="running"]')).waitFor();
  await tab.toggle('Begin with instalments');
  await page.getByText('unfinished.txt is unfinished').first().waitFor();
  await picture(page, 'pipelines');
  await openAsGuest(page, `${portal.url}/fettle-pipelines`);
  await page
    .getByRole('heading', { name: /running/i })
    .first()
    .waitFor();
  await page.getByText('Soak for a minute').first().waitFor();
  await page.getByText('live', { exact: true }).first().waitFor();
  await picture(page, 'pipelines-fleet');
}

/** What the fleet keeps, and one policy with the reason and what to do. */
async function takePolicies(portal: TestPortal, page: Page): Promise<void> {
  await openAsGuest(page, `${portal.url}/fettle-security/policies`);
  await page
    .getByRole('button', { name: 'Show details of No known vulnerability' })
    .click();
  await page.getByText('What to do').first().waitFor();
  await page.getByText('live', { exact: true }).first().waitFor();
  await picture(page, 'policies');
}

/** A plan with its diff, and what is under way once it is approved. */
async function takeAutomation(portal: TestPortal, page: Page): Promise<void> {
  const automation = await AutomationPage.open(page, portal.url);
  const drawer = new PlanDrawer(page);
  // Its pipeline works, so that the change is merged.
  const waiting = automation.waiting('platform/edge-proxy').first();
  await waiting.getByRole('button').click();
  await drawer.plan.locator('ins').first().waitFor();
  await picture(page, 'plan');
  await drawer.button('Approve').click();
  await drawer.button('Open its story').click();
  await drawer.state.filter({ hasText: /verifying|healed/ }).waitFor();
  await drawer.close();
  await automation.liveMark.filter({ hasText: /^live$/ }).waitFor();
  await picture(page, 'automation');
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    throw new Error(`${path} has ${size} bytes, which is too many for a page.`);
  }
  console.log(`${path}: ${Math.round(size / 1024)} KB`);
}

takeScreenshots().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
