import { CdeventsSender } from './portal/CdeventsSender';
import { TestPortal } from './portal/TestPortal';
import { expect, test } from './test';

const REPOSITORY = 'web/design-system';
const BURST = 1_000;
const AT_ONCE = 50;

interface RunPage {
  items: { runId: string; state: string }[];
  nextCursor: string | null;
}

async function readRuns(portal: TestPortal): Promise<RunPage['items']> {
  const { items } = (await portal.get(
    `/repositories?search=${REPOSITORY}`,
  )) as { items: { id: string }[] };
  const runs: RunPage['items'] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = (await portal.get(
      `/repositories/${items[0].id}/runs?limit=200${
        cursor && `&cursor=${cursor}`
      }`,
    )) as RunPage;
    runs.push(...page.items);
    cursor = page.nextCursor;
  }
  return runs;
}

test('a crash in a burst of deliveries loses none that was accepted, and doubles none', async () => {
  const portal = await TestPortal.start({ name: 'deliveries', ci: true });
  try {
    const sender = await CdeventsSender.of(portal, REPOSITORY);
    const accepted = new Set<string>();
    let next = 0;
    let killed: Promise<void> | undefined;
    const send = async () => {
      while (next < BURST && !killed) {
        const runId = `burst-${next}`;
        next += 1;
        if ((await sender.send('finished', runId)) === 202) {
          accepted.add(runId);
          // In the middle of it, with requests on their way.
          if (accepted.size === BURST / 2) killed ??= portal.kill();
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    await killed;
    expect(accepted.size).toBeGreaterThanOrEqual(BURST / 2);

    await portal.start();
    await expect
      .poll(
        async () => {
          const known = new Set((await readRuns(portal)).map(r => r.runId));
          return [...accepted].filter(runId => !known.has(runId)).length;
        },
        { timeout: 60_000 },
      )
      .toBe(0);
    const runs = (await readRuns(portal)).map(({ runId }) => runId);
    expect(new Set(runs).size).toBe(runs.length);

    // What had no answer is sent again by whoever sent it, and is one run as well.
    const again = Array.from({ length: BURST }, (_, i) => `burst-${i}`);
    for (const runId of again.filter(one => !accepted.has(one))) {
      expect([200, 202]).toContain(await sender.send('finished', runId));
    }
    await expect
      .poll(async () => (await readRuns(portal)).length, { timeout: 30_000 })
      .toBe(BURST);
    expect((await readRuns(portal)).every(r => r.state === 'succeeded')).toBe(
      true,
    );
  } finally {
    await portal.close();
  }
});
