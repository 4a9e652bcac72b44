import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { freePort } from '../../e2e/portal/freePort';
import { FleetPage } from '../../e2e/pages/FleetPage';
import { HealthTab } from '../../e2e/pages/HealthTab';
import { BareServer } from '../measure/BareServer';
import { now, pause, timeEach } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { SelectAnchor } from '../measure/SelectAnchor';
import { median, overRuns, rounded, spread } from '../measure/summarize';
import { BranchFlipper } from './BranchFlipper';
import { LivePortal, type Target } from './LivePortal';
import { phasesOf, printPhases, type Phases } from './phases';
import { ScoreWatch } from './ScoreWatch';

// From an event to the changed document of one open page; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 8);
const PAGES = ['health', 'fleet'] as const;
const EVENT_KINDS = ['push', 'endpoint'] as const;

/** Milliseconds, a list for each run. */
type Series = Map<string, number[][]>;

function record(series: Series, name: string, run: number, values: number[]) {
  const runs = series.get(name) ?? [];
  (runs[run] ??= []).push(...values);
  series.set(name, runs);
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const portal = await LivePortal.start({
    port: await freePort(),
    watched: 'payments/ledger',
    unwatched: 'payments/gateway',
  });
  const ends: (() => unknown)[] = [() => portal.stop()];
  try {
    const bare = await BareServer.start();
    ends.push(() => bare.stop());
    const select = new SelectAnchor(join(portal.folder, 'anchor.sqlite'));
    ends.push(() => select.close());
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
      ],
    });
    ends.push(() => browser.close());
    const flippers: BranchFlipper[] = [];
    ends.push(() => flippers.forEach(flipper => flipper.close()));
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
    });
    const watch = await ScoreWatch.install(page);
    for (const { gitDir } of portal.targets) {
      const count = 2 * (RUNS + 1) * EVENTS + 8;
      flippers.push(await BranchFlipper.prepare(gitDir, count));
    }
    const series: Series = new Map();
    const phases = new Map<string, Phases[]>();

    for (let run = -1; run < RUNS; run++) {
      // The first warms up everything, and is not counted.
      const events = run === -1 ? 4 : EVENTS;
      const kept: Series = run === -1 ? new Map() : series;
      record(kept, 'post', run, await timeEach(50, () => bare.post()));
      record(kept, 'echo', run, await timeEach(50, () => bare.echo()));
      record(kept, 'select', run, await timeEach(50, () => select.ask()));
      for (const shown of PAGES) {
        for (const [i, kind] of EVENT_KINDS.entries()) {
          const target = portal.targets[i];
          const flipper = flippers[i];
          // The fleet shows both repositories.
          if (shown === 'health' || kind === 'push') {
            await open(page, shown, portal, target);
          }
          const selector =
            shown === 'health'
              ? 'section[aria-label="Score"]'
              : `[data-repository="${target.id}"]`;
          await watch.watch(selector);
          for (let event = 0; event < events; event++) {
            // Not in step with anything that the portal does at intervals.
            await pause(150 + ((event * 37) % 100));
            const found = await playEvent(kind, {
              ...{ portal, target, flipper, watch },
            });
            const name = `${shown} ${kind}`;
            record(kept, name, run, [found.total]);
            record(kept, `${name} source`, run, [found.source]);
            record(kept, `${name} own`, run, [found.total - found.source]);
            if (run >= 0) {
              phases.set(name, [...(phases.get(name) ?? []), found]);
            }
          }
        }
      }
      record(
        kept,
        'pagePost',
        run,
        await page.evaluate(async url => {
          const times: number[] = [];
          for (let i = 0; i < 50; i++) {
            const start = performance.now();
            const answer = await fetch(url, {
              method: 'POST',
              mode: 'no-cors',
              body: '{}',
            });
            await answer.arrayBuffer();
            times.push(performance.now() - start);
          }
          return times;
        }, bare.url),
      );
    }
    report(machine, series, phases, watch.uncertaintyMs);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** One event, until the page shows another score. */
async function playEvent(
  kind: (typeof EVENT_KINDS)[number],
  options: {
    portal: LivePortal;
    target: Target;
    flipper: BranchFlipper;
    watch: ScoreWatch;
  },
): Promise<Phases> {
  const { portal, target, flipper, watch } = options;
  if (kind === 'endpoint') {
    // Nobody watches this one: the portal does not know until it is told.
    await flipper.push();
    await pause(50);
  }
  portal.takeMarks();
  const next = watch.next();
  let at: number;
  if (kind === 'push') {
    at = await flipper.push();
  } else {
    at = now();
    await portal.tellPush(target.remote);
  }
  const seen = await next;
  // By then the portal has told of it.
  await pause(350);
  return phasesOf(at, seen, portal.takeMarks(), target);
}

async function open(
  page: Page,
  shown: (typeof PAGES)[number],
  portal: LivePortal,
  target: Target,
): Promise<void> {
  const live =
    shown === 'health'
      ? await HealthTab.open(page, portal.url, target.component)
      : await FleetPage.open(page, portal.url);
  await live.liveMark.filter({ hasText: /^live$/ }).waitFor();
  // Whatever the page loads at first is over.
  await pause(500);
}

function report(
  machine: ReturnType<typeof describeMachine>,
  series: Series,
  phases: Map<string, Phases[]>,
  uncertaintyMs: number,
): void {
  const of = (name: string, share: number) =>
    overRuns(series.get(name)!, share);
  const pooled = (name: string, share: number) =>
    overRuns([series.get(name)!.flat()], share).median;
  const figures: Record<string, number> = {};
  const spreads: Record<string, [number, number]> = {};
  const name = (...words: string[]) =>
    words.join(' ').replace(/ (\w)/g, (_, letter) => letter.toUpperCase());

  for (const shown of PAGES) {
    for (const kind of EVENT_KINDS) {
      for (const part of ['', ' source', ' own']) {
        const p50 = of(`${shown} ${kind}${part}`, 0.5);
        const p99 = pooled(`${shown} ${kind}${part}`, 0.99);
        const key = name(shown, kind) + name(part);
        figures[`${key}P50Ms`] = p50.median;
        figures[`${key}P99Ms`] = p99;
        spreads[`${key}P50Ms`] = [p50.min, p50.max];
        console.log(
          `${shown}, ${kind}${part}: p50 ${spread(p50)} ms, p99 ${p99} ms`,
        );
      }
    }
  }
  const http = of('post', 0.5);
  const pageHttp = of('pagePost', 0.5);
  const echo = of('echo', 0.5);
  const selected = median(series.get('select')!.flat());
  console.log(
    `bare POST ${spread(http)} ms, from the page ${spread(
      pageHttp,
    )} ms, websocket echo ${spread(echo)} ms, SELECT ${selected.toFixed(3)} ms`,
  );
  printPhases(phases);
  const own = figures.healthPushOwnP50Ms;
  printResult(machine, {
    bench: 'live',
    figures: {
      p50Ms: figures.healthPushP50Ms,
      p99Ms: figures.healthPushP99Ms,
      ...figures,
    },
    anchors: {
      httpMs: http.median,
      pageHttpMs: pageHttp.median,
      websocketMs: echo.median,
      selectMs: Number(selected.toFixed(4)),
    },
    ratios: {
      http: rounded(own / http.median),
      pageHttp: rounded(own / pageHttp.median),
    },
    spread: spreads,
    notes: [
      `${RUNS} runs of ${EVENTS} events of each kind on each page; p50 is the median of the runs, p99 is of all events.`,
      'Ratios are without the source: its notice, its snapshot and its tree.',
      `The clocks of page and bench agree within ${uncertaintyMs.toFixed(
        2,
      )} ms.`,
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
