import type { PipelineSource, RunRef } from '../contracts/PipelineSource';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { expectReports, expectRunReport } from './expectReports';
import { failureOf } from './failureOf';

/**
 * A source whose host has runs that are known.
 *
 * @public
 */
export interface PipelineSourceHarness {
  source: PipelineSource;
  /** A repository of the host. */
  location: RepositoryLocation;
  /** One that it does not have. */
  foreign: RepositoryLocation;
  /** A run that failed, the job of it that did, and a part of that job's log near its end. */
  failed: { run: RunRef; jobId: string; logEndsWith: string };
  /** A run that is not finished, if the host has one. */
  running?: RunRef;
  /** The id of a deployment of the repository that succeeded, if the host has one. */
  deployment?: string;
  /** What the host was asked to do, such as `rerun 17`, since the harness was made. */
  asked(): string[];
  dispose(): Promise<void>;
}

/**
 * What every pipeline source must keep, as far as it has the capability. Call
 * it at the top of a test file.
 *
 * @public
 */
export function pipelineSourceContract(
  createHarness: () => Promise<PipelineSourceHarness>,
): void {
  describe('the pipeline source keeps the contract', () => {
    let harness: PipelineSourceHarness;
    let source: PipelineSource;
    const { signal } = new AbortController();
    const gone: RunRef = { runId: '999999999', attempt: 1, pipelineId: '1' };

    beforeEach(async () => {
      harness = await createHarness();
      source = harness.source;
    });
    afterEach(() => harness.dispose());

    it('says which repositories it covers, and by which host', () => {
      expect(source.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(source.covers(harness.location)).toBe(true);
      expect(source.covers(harness.foreign)).toBe(false);
      expect(source.hostOf(harness.location)).not.toBe('');
    });

    it('lists runs since a time', async () => {
      if (!source.listRuns) return;
      const long = { signal, since: new Date(0) };
      const all = await source.listRuns(harness.location, long);
      const ids = all.runs.map(run => run.runId);
      expect(ids).toContain(harness.failed.run.runId);
      all.runs.forEach(expectRunReport);
      const none = await source.listRuns(harness.location, {
        signal,
        since: new Date('2100-01-01T00:00:00Z'),
      });
      expect(none.runs).toEqual([]);
      expect(none.complete).toBe(true);
    });

    it('lists deployments since a time', async () => {
      const { deployment, location } = harness;
      if (!source.listDeployments || !deployment) return;
      const list = (since: Date) =>
        source.listDeployments!(location, { signal, since });
      const { deployments } = await list(new Date(0));
      expectReports({ deployments });
      const state = deployments.find(({ id }) => id === deployment)?.state;
      expect(state).toBe('succeeded');
      const none = await list(new Date('2100-01-01T00:00:00Z'));
      expect(none).toEqual({ deployments: [], complete: true });
    });

    it('reads a run with its jobs', async () => {
      if (!source.readRun) return;
      const { run, jobId } = harness.failed;
      const report = await source.readRun(harness.location, run, { signal });
      expectRunReport(report);
      expect(report.state).toBe('failed');
      expect(report.allJobs).toBe(true);
      const job = report.jobs?.find(({ id }) => id === jobId);
      expect(job?.state).toBe('failed');
    });

    it('says that a run is gone', async () => {
      if (!source.readRun) return;
      const reading = source.readRun(harness.location, gone, { signal });
      expect((await failureOf(reading)).code).toBe('not-found');
    });

    it('reads the tail of a log, and no more than was asked for', async () => {
      if (!source.readLog) return;
      const { run, jobId, logEndsWith } = harness.failed;
      const read = (maxBytes: number) =>
        source.readLog!(harness.location, run, jobId, { signal, maxBytes });
      const whole = await read(64 * 1024);
      expect(whole.text.trimEnd().endsWith(logEndsWith)).toBe(true);
      const tail = await read(8);
      expect(Buffer.byteLength(tail.text)).toBeLessThanOrEqual(8);
      expect(tail.truncated).toBe(true);
    });

    it('asks for reruns, and says when the run is gone', async () => {
      if (!source.rerun) return;
      const { run } = harness.failed;
      const rerun = (which: RunRef, failedOnly = false) =>
        source.rerun!(harness.location, which, { signal, failedOnly });
      await rerun(run);
      expect(harness.asked()).toContain(`rerun ${run.runId}`);
      expect((await failureOf(rerun(gone))).code).toBe('not-found');
    });

    it('asks for failed jobs alone to be done again', async () => {
      if (!source.rerun || !source.rerunsFailed) return;
      const { run } = harness.failed;
      const options = { signal, failedOnly: true };
      await source.rerun(harness.location, run, options);
      expect(harness.asked()).toContain(`rerun-failed ${run.runId}`);
    });

    it('asks for a run to be ended, and says when it is gone', async () => {
      const { running, location } = harness;
      if (!source.cancel || !running) return;
      await source.cancel(location, running, { signal });
      expect(harness.asked()).toContain(`cancel ${running.runId}`);
      const late = source.cancel(location, gone, { signal });
      expect((await failureOf(late)).code).toBe('not-found');
    });
  });
}
