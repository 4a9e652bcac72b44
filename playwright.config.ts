import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/buildPages.ts',
  outputDir: 'test-results',
  // The specs of a worker share a portal, and half of their time is to wait.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // None is about time, and a busy machine takes its own.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: process.env.CI
    ? [['list'], ['html', { open: 'never' }]]
    : [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Chromium of the machine; Playwright's own is not asked for.
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
