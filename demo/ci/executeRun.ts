import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../git';
import { jobEvent, runEvent, type CdEvent, type StepTold } from './events';
import type { Pipeline, PipelineJob } from './Pipeline';
import type { Records, RunRecord } from './Records';
import { runStep } from './runStep';

/** What a run is done with. */
export interface RunTools {
  records: Records;
  tell: (record: RunRecord, event: CdEvent) => void;
  /** Told of each job that put something into service. */
  onDeployed: (record: RunRecord, environment: string) => Promise<void>;
  uri: string;
  signal: AbortSignal;
}

/** Executes a run to its end: jobs beside each other, each after those it needs. */
export async function executeRun(
  record: RunRecord,
  pipeline: Pipeline,
  tools: RunTools,
): Promise<void> {
  const { records, tell, uri, signal } = tools;
  const startedAt = new Date().toISOString();
  const keep = (state: RunRecord['state']) => {
    record.state = state;
    record.changedAt = new Date().toISOString();
    records.save(record);
  };
  keep('running');
  tell(record, runEvent('started', record.about, { uri, startedAt }));
  const jobs = new Map<string, Promise<boolean>>();
  const start = (job: PipelineJob): Promise<boolean> => {
    const known = jobs.get(job.name);
    if (known) return known;
    const running = (async () => {
      const needed = pipeline.jobs.filter(({ name }) =>
        job.needs.includes(name),
      );
      const good = await Promise.all(needed.map(start));
      if (record.jobs[job.name] === 'success') {
        // Kept from the attempt before.
        const kept = { id: job.name, name: job.name, steps: [] };
        const event = { ...kept, outcome: 'success' as const };
        tell(record, jobEvent('finished', record.about, event));
        return true;
      }
      if (good.includes(false) || signal.aborted) {
        return skip(record, job, tools);
      }
      return executeJob(record, job, tools);
    })();
    jobs.set(job.name, running);
    return running;
  };
  const results = await Promise.all(pipeline.jobs.map(start));
  const failed = results.includes(false) ? 'failure' : 'success';
  const outcome = signal.aborted ? 'cancel' : failed;
  keep(outcome);
  tell(record, runEvent('finished', record.about, { outcome, uri, startedAt }));
}

function skip(record: RunRecord, job: PipelineJob, tools: RunTools): boolean {
  record.jobs[job.name] = 'skipped';
  tools.tell(
    record,
    jobEvent('finished', record.about, {
      ...{ id: job.name, name: job.name, steps: [] },
      outcome: 'skipped',
    }),
  );
  return false;
}

async function executeJob(
  record: RunRecord,
  job: PipelineJob,
  tools: RunTools,
): Promise<boolean> {
  const { about } = record;
  const { records, tell, signal } = tools;
  const startedAt = new Date().toISOString();
  const steps: StepTold[] = job.steps.map(({ name }, i) => ({
    ...{ number: i + 1, name },
    state: 'queued',
  }));
  const base = { id: job.name, name: job.name, steps, startedAt };
  const log = records.openLog(about, job.name);
  const folder = await mkdtemp(join(tmpdir(), 'fettle-ci-'));
  let outcome: 'success' | 'failure' | 'cancel' = 'success';
  try {
    await checkOut(record, folder);
    for (const [i, { name, script }] of job.steps.entries()) {
      const step = steps[i];
      if (outcome !== 'success') {
        step.state = 'skipped';
        continue;
      }
      step.state = 'running';
      step.startedAt = new Date().toISOString();
      tell(record, jobEvent('started', about, base));
      log.write(`$ ${name}\n`);
      const code = await runStep({
        ...{ script, log, signal },
        cwd: join(folder, 'tree'),
        env: {
          CI: 'true',
          CI_COMMIT: about.commit,
          CI_BRANCH: about.branch,
          CI_ATTEMPT: String(about.attempt),
        },
      });
      step.finishedAt = new Date().toISOString();
      if (signal.aborted) outcome = 'cancel';
      else if (code !== 0) outcome = 'failure';
      step.state = {
        success: 'succeeded',
        failure: 'failed',
        cancel: 'cancelled',
      }[outcome] as StepTold['state'];
      if (outcome !== 'success') log.write(`exit code ${code ?? 'none'}\n`);
    }
  } catch (error) {
    outcome = 'failure';
    log.write(`${error instanceof Error ? error.message : error}\n`);
  } finally {
    await new Promise(done => log.end(done));
    await rm(folder, { recursive: true, force: true });
  }
  record.jobs[job.name] = outcome;
  records.save(record);
  const finishedAt = new Date().toISOString();
  tell(record, jobEvent('finished', about, { ...base, outcome, finishedAt }));
  if (outcome === 'success' && job.deploys) {
    await tools.onDeployed(record, job.deploys);
  }
  return outcome === 'success';
}

async function checkOut({ folder, about }: RunRecord, into: string) {
  await git(into, ['init', '--quiet', '--template=', 'tree']);
  await git(
    folder,
    [
      `--work-tree=${join(into, 'tree')}`,
      ...['checkout', '--quiet', '--force', about.commit, '--', '.'],
    ],
    { env: { GIT_DIR: folder, GIT_INDEX_FILE: join(into, 'index') } },
  );
}
