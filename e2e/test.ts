import { test as base } from '@playwright/test';
import { TestPortal } from './portal/TestPortal';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Fails a test in which a page threw. */
  noUncaughtErrors: void;
}

interface WorkerFixtures {
  /** A portal that started with an empty data directory; specs of a worker share it, each with repositories of its own. */
  portal: TestPortal;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  portal: [
    async ({}, use, { workerIndex }) => {
      const portal = await TestPortal.start({
        name: `shared-${workerIndex}`,
        gated: true,
      });
      await use(portal);
      await portal.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  noUncaughtErrors: [
    async ({ context }, use) => {
      const errors: Error[] = [];
      context.on('weberror', error => errors.push(error.error()));
      await use();
      base.expect(errors, 'errors that a page threw').toEqual([]);
    },
    { auto: true },
  ],
});
