import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { PipelinesTab } from '../../e2e/pages/PipelinesTab';
import { CdeventsSender } from '../../e2e/portal/CdeventsSender';
import { TestPortal } from '../../e2e/portal/TestPortal';
import { BareServer } from '../measure/BareServer';
import { now, pause, timeEach } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { overRuns, rounded, spread } from '../measure/summarize';

// From a webhook to the changed document of one open Pipelines tab; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 20);
const REPOSITORY = 'web/design-system';
/** Hints of one burst are joined; events that are measured alone keep apart. */
const APART_MS = 400;

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-webhook-'));
  const portal = await TestPortal.start({ name: 'webhook', folder, ci: true });
  const ends: (() => unknown)[] = [
    () => rm(folder, { recursive: true, force: true }),
    () => portal.close(),
  ];
  try {
    const bare = await BareServer.start();
    ends.push(() => bare.stop());
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    ends.push(() => browser.close());
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
    });
    const changes = new EventEmitter();
    await page.exposeFunction('fettleSeen', () => changes.emit('seen'));
    const tab = await PipelinesTab.open(page, portal.url, 'design-system');
    await tab.liveMark.filter({ hasText: /^live$/ }).waitFor();

    const sender = await CdeventsSender.of(portal, REPOSITORY);
    await sender.send('queued', 'bench', { attempt: 1 });
    await tab.runs.locator('[data-run]').first().waitFor();
    await page.evaluate(() => {
      const states = () =>
        [...document.querySelectorAll('[data-run]')]
          .map(
            row =>
              `${row.getAttribute('data-run')} ${row.getAttribute(
                'data-state',
              )}`,
          )
          .join();
      let before = states();
      new MutationObserver(() => {
        const after = states();
        if (after === before) return;
        before = after;
        (window as unknown as { fettleSeen(): void }).fettleSeen();
      }).observe(document.body, {
        ...{ subtree: true, childList: true, attributes: true },
        attributeFilter: ['data-state', 'data-run'],
      });
    });

    const times: number[][] = [];
    const posts: number[][] = [];
    for (let run = 0; run < RUNS; run++) {
      posts.push(await timeEach(50, () => bare.post()));
      const measured: number[] = [];
      for (let i = 0; i < EVENTS; i++) {
        // Each attempt is told of as started, then as finished.
        const attempt = 2 + run * EVENTS + Math.floor(i / 2);
        const told = once(changes, 'seen');
        const start = now();
        await sender.send(i % 2 ? 'finished' : 'started', 'bench', { attempt });
        await told;
        measured.push(now() - start);
        await pause(APART_MS);
      }
      times.push(measured);
    }
    const [p50, p99, post] = [
      overRuns(times, 0.5),
      overRuns(times, 0.99),
      overRuns(posts, 0.5),
    ];
    console.log(`webhook to changed document: p50 ${spread(p50)} ms`);
    console.log(`p99 ${spread(p99)} ms; bare POST p50 ${spread(post)} ms`);
    printResult(machine, {
      bench: 'webhook',
      figures: { p50Ms: p50.median, p99Ms: p99.median },
      anchors: { httpMs: post.median },
      ratios: { http: rounded(p50.median / post.median) },
      spread: { p50Ms: [p50.min, p50.max], p99Ms: [p99.min, p99.max] },
      notes: [
        `${RUNS} runs of ${EVENTS} events; the page tells the bench over the protocol of its debugger, which is in the figures.`,
      ],
    });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
