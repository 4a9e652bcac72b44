import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Remediation } from 'backstage-plugin-fettle-common';
import { freePort } from '../../e2e/portal/freePort';
import { BenchBackend } from '../measure/BenchBackend';
import type { Repository } from '../measure/Repository';
import { DemoCi } from './DemoCi';
import type { Fault } from './Fault';
import { injectFaults } from './injectFaults';
import { Outside } from './Outside';
import type { Outcome } from './Outcome';
import { ADVISORIES, ECOSYSTEMS, PLAYBOOKS, STANDARDS } from './playbooks';
import { readHarm } from './readHarm';

const MOST = 10_000;

export interface Result {
  outcomes: Outcome[];
  /** What is other than it was to be, whoever did that. */
  harm: string[];
  /** From the start of the portal until the last of them came to its end. */
  seconds: number;
}

/** Injects faults, lets the playbooks run, and reads from Git what came of it. */
export async function runFaults(patienceMs: number): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), 'fettle-faults-'));
  const ends: (() => unknown)[] = [
    () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  ];
  try {
    const outside = await Outside.start();
    ends.push(() => outside.stop());
    const repositories = join(root, 'git');
    const injection = await injectFaults(repositories, outside);
    const { faults, expected } = injection;
    await writeFiles(join(root, 'advisories'), ADVISORIES);
    const entities = expected.map(({ repository }) => toEntity(repository));
    await writeFiles(root, { 'entities.json': JSON.stringify(entities) });
    const notifications = join(root, 'notifications.ndjson');
    const ciPort = await freePort();
    const start = Date.now();
    const backend = await BenchBackend.start({
      database: 'faults',
      folder: root,
      entry: join(__dirname, 'faultsPortalProcess.ts'),
      env: {
        FAULTS_ENTITIES: join(root, 'entities.json'),
        FAULTS_NOTIFICATIONS: notifications,
      },
      fettle: {
        git: { repositories: [repositories], cacheDir: join(root, 'mirrors') },
        cdevents: DemoCi.config(ciPort),
        vulnerabilities: {
          feeds: [{ ecosystems: ECOSYSTEMS, from: join(root, 'advisories') }],
        },
        steps: outside.steps,
        standards: STANDARDS,
        playbooks: PLAYBOOKS,
        automation: {
          breaker: { failures: 50 },
          limits: {
            host: { openChanges: MOST, changesPerHour: MOST },
            fleet: { openChanges: MOST, changesPerHour: MOST },
          },
        },
      },
    });
    ends.push(() => backend.stop());
    const ci = new DemoCi({
      folder: join(root, 'ci'),
      repositories,
      port: ciPort,
      portalUrl: backend.url,
    });
    ends.push(() => ci.stop());
    const giveUp = AbortSignal.timeout(patienceMs);
    const begun = injection.begin(ci, giveUp);
    const remediations = await waitForEnds(backend, faults, giveUp);
    const seconds = (Date.now() - start) / 1000;
    await begun;
    const told = existsSync(notifications)
      ? await readFile(notifications, 'utf8')
      : '';
    const outcomes = await Promise.all(
      faults.map(async (fault): Promise<Outcome> => {
        const own = ofFault(fault, remediations);
        return {
          fault,
          isRight: await fault.isRight(ci),
          remediations: own,
          told: own.some(({ id, personActed }) => {
            return personActed || told.includes(`fettle-remediation:${id}`);
          }),
        };
      }),
    );
    const harm = await Promise.all(expected.map(readHarm));
    return { outcomes, harm: harm.flat(), seconds };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** Remediations, once all of them ended or wait for a person, or the time is up. */
async function waitForEnds(
  backend: BenchBackend,
  faults: readonly Fault[],
  signal: AbortSignal,
): Promise<Remediation[]> {
  for (;;) {
    const remediations = await listRemediations(backend);
    const haveEnded =
      hasEnded(remediations) &&
      faults.every(fault => hasEnded(ofFault(fault, remediations)));
    if (haveEnded || signal.aborted) return remediations;
    if (process.env.BENCH_TALK) talk(remediations);
    await pause(1_000);
  }
}

async function listRemediations(backend: BenchBackend): Promise<Remediation[]> {
  const all: Remediation[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Remediation[]; nextCursor: string | null } =
      await backend.ask(`/remediations?limit=200${query}`, 'everything');
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

function ofFault(
  { repository, playbook }: Fault,
  remediations: readonly Remediation[],
): Remediation[] {
  return remediations.filter(
    one =>
      one.playbookId === playbook &&
      one.repository.split('/').at(-1) === repository.name,
  );
}

function hasEnded(own: readonly Remediation[]): boolean {
  return own.length > 0 && own.every(one => one.endedAt || one.waitsFor);
}

function talk(remediations: readonly Remediation[]): void {
  const counts = new Map<string, number>();
  for (const { playbookId, state, reason } of remediations) {
    const key = [playbookId, state, reason?.code ?? ''].join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log(JSON.stringify(Object.fromEntries([...counts].sort())));
}

async function writeFiles(root: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function toEntity({ name, remote }: Repository) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'fettle.dev/repository': remote },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
  };
}
