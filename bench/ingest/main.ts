import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../e2e/portal/freePort';
import { now, pause } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { median, rounded } from '../measure/summarize';
import { Sender } from './Sender';

// Deliveries accepted a second, each committed before its 202; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 1_500);
const REPOSITORIES = 200;
const SECRET = 'the secret of a bench';
const TOKEN = 'bench-0123456789';

interface Measured {
  perSecond: number[];
  barePerSecond: number[];
  /** From the last 202 until everything accepted is in force. */
  drainMs: number[];
}

async function measure(
  database: string,
  folder: string,
  connection?: string,
): Promise<Measured> {
  const { startPortal } = await import('../../scripts/portal.mjs');
  const portal = await startPortal({
    port: await freePort(),
    dataDir: join(folder, database),
    entry: join(__dirname, 'ingestPortalProcess.ts'),
    env: { BENCH_REPOSITORIES: String(REPOSITORIES) },
    extraConfig: {
      permission: { enabled: false },
      fettle: { cdevents: { senders: [{ id: 'bench', secret: SECRET }] } },
      backend: {
        ...(connection ? { database: { client: 'pg', connection } } : {}),
        auth: {
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'bench' } },
          ],
        },
      },
    },
  });
  const ask = async (path: string) => {
    const response = await fetch(`${portal.url}/api/fettle${path}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as any;
  };
  const result: Measured = { perSecond: [], barePerSecond: [], drainMs: [] };
  try {
    let remotes: string[] = [];
    while (remotes.length < REPOSITORIES) {
      await pause(200);
      const page = await ask(`/repositories?limit=500`);
      remotes = page.items.map((one: { remote: string }) => one.remote);
    }
    const url = `${portal.url}/api/fettle`;
    const sender = new Sender(url, SECRET, remotes);
    await sender.perSecond('/deliveries/cdevents', sender.prepare(300));
    await sender.perSecond('/bare', sender.prepare(300));
    for (let run = 0; run < RUNS; run++) {
      result.barePerSecond.push(
        await sender.perSecond('/bare', sender.prepare(DELIVERIES)),
      );
      const { processed } = (await ask('/sources')).items[0].deliveries;
      result.perSecond.push(
        await sender.perSecond(
          '/deliveries/cdevents',
          sender.prepare(DELIVERIES),
        ),
      );
      const answered = now();
      for (;;) {
        const { deliveries } = (await ask('/sources')).items[0];
        if (deliveries.processed >= processed + DELIVERIES) break;
        if (deliveries.failed + deliveries.ignored > 0) {
          throw new Error(`Not processed: ${JSON.stringify(deliveries)}`);
        }
        await pause(20);
      }
      result.drainMs.push(now() - answered);
    }
    sender.close();
    return result;
  } finally {
    await portal.stop();
  }
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-ingest-'));
  const { findPostgres } = await import(
    '../../scripts/testing/findPrograms.mjs'
  );
  const { startPostgres } = await import(
    '../../scripts/testing/startPostgres.mjs'
  );
  const bin = findPostgres();
  const postgres = bin ? await startPostgres(bin) : undefined;
  const figures: Record<string, number> = {};
  const anchors: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  const spread: Record<string, [number, number]> = {};
  try {
    for (const [database, connection] of [
      ['sqlite', undefined],
      ...(postgres ? [['postgres', postgres.url]] : []),
    ] as [string, string | undefined][]) {
      const found = await measure(database, folder, connection);
      for (const [name, values, into] of [
        [`${database}PerSecond`, found.perSecond, figures],
        [`${database}DrainMs`, found.drainMs, figures],
        [`${database}BarePerSecond`, found.barePerSecond, anchors],
      ] as const) {
        into[name] = rounded(median(values));
        spread[name] = [
          rounded(Math.min(...values)),
          rounded(Math.max(...values)),
        ];
        console.log(`${name}: ${into[name]} (${spread[name].join(' to ')})`);
      }
      ratios[database] = rounded(
        figures[`${database}PerSecond`] / anchors[`${database}BarePerSecond`],
      );
    }
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  printResult(machine, {
    ...{ bench: 'ingest', figures, anchors, ratios, spread },
    notes: [
      `${RUNS} runs of ${DELIVERIES} signed CDEvents over 32 connections, about ${REPOSITORIES} repositories; each run beside one of the bare handler. What is accepted is brought into force meanwhile; DrainMs is what is left of that after the last answer.`,
      'The one who sends runs on the same machine.',
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
