import { expect } from '@playwright/test';
import { readRepositories } from './readRepositories';
import type { TestPortal } from './TestPortal';

/** Waits until the portal knows of a run. */
export async function firstRun(
  portal: TestPortal,
  repository: string,
): Promise<void> {
  await expect(async () => {
    const id = (await readRepositories(portal)).get(repository)?.id;
    const { items } = (await portal.get(`/repositories/${id}/runs`)) as {
      items: unknown[];
    };
    expect(items).not.toEqual([]);
  }).toPass({ timeout: 60_000 });
}
