import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultCallBudgets,
  SourceError,
  type DeploymentReport,
  type PipelineSource,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { DatabaseRunStore } from '../store/runs/DatabaseRunStore';
import { describeStore } from '../store/testDatabases';
import { at, repository } from '../store/testReadings';
import { DatabaseSyncStore } from './DatabaseSyncStore';
import { Reconciler } from './Reconciler';

const REMOTE = 'https://git.example.com/a';
const run: RunReport = {
  repository: { remote: REMOTE },
  pipeline: { id: 'build' },
  ...{ runId: '1', state: 'succeeded', at: at(2).toISOString() },
};
const deployment: DeploymentReport = {
  repository: { remote: REMOTE },
  ...{ id: '7', environment: 'production', state: 'succeeded' },
  at: at(2).toISOString(),
};

describeStore('asking a host', init => {
  const { signal } = new AbortController();
  let knex: Knex;
  let syncs: DatabaseSyncStore;
  let round: (source: Partial<PipelineSource>) => Promise<number>;
  let now: Date;

  beforeEach(async () => {
    const opened = await init();
    knex = opened.knex;
    now = at(3);
    await opened.store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [], at: at(1) },
    });
    syncs = new DatabaseSyncStore(knex);
    round = async given => {
      const source: PipelineSource = {
        ...{ id: 'ci', title: 'CI', covers: () => true },
        hostOf: () => 'git.example.com',
        listRuns: async () => ({ runs: [run], complete: true }),
        ...given,
      };
      const reconciler = new Reconciler({
        sources: new Map([[source.id, source]]),
        store: opened.store,
        runs: new DatabaseRunStore(knex, name => name === 'production'),
        syncs,
        budgets: DefaultCallBudgets.fromConfig(new ConfigReader({}) as any),
        logger: mockServices.logger.mock(),
        clock: () => now,
        ...{ everySeconds: 60, firstDays: 7 },
        onApplied: () => {},
        onChange: () => {},
      });
      await reconciler.cover();
      return reconciler.reconcile(signal);
    };
  });

  const status = async () => (await syncs.status(at(1)))[0];
  const known = async () => ({
    runs: (await knex('runs').select('state')).length,
    deployments: await knex('deployments').select('deployment_id', 'state'),
  });

  it('brings runs and deployments since the last time', async () => {
    const asked: string[] = [];
    const source: Partial<PipelineSource> = {
      async listDeployments(_, { since }) {
        asked.push(since.toISOString());
        return { deployments: [deployment], complete: true };
      },
    };
    expect(await round(source)).toBe(1);
    expect(await round(source)).toBe(0);
    now = at(3, 61);
    expect(await round(source)).toBe(1);
    expect(asked).toEqual([
      '2026-02-24T12:00:00.000Z',
      '2026-03-03T11:59:00.000Z',
    ]);
    expect(await known()).toEqual({
      runs: 1,
      deployments: [{ deployment_id: '7', state: 'succeeded' }],
    });
    expect(await status()).toMatchObject({ failing: 0, errors: [] });
  });

  it('brings runs alone where the host knows no deployments', async () => {
    await round({});
    expect(await known()).toEqual({ runs: 1, deployments: [] });
  });

  const failing = (code: SourceError['code']): Partial<PipelineSource> => ({
    async listDeployments() {
      throw new SourceError(code, 'No deployments.', 'Ask for the right.');
    },
  });

  it('goes on with runs where the credentials may not see deployments, and says so', async () => {
    await round(failing('unauthorized'));
    expect((await known()).runs).toBe(1);
    const { failing: count, lastSuccessAt, errors } = await status();
    expect([count, lastSuccessAt]).toEqual([0, at(3).toISOString()]);
    expect(errors).toMatchObject([
      { reason: { code: 'unauthorized', message: 'No deployments.' } },
    ]);
    now = at(3, 61);
    expect(await round({})).toBe(1);
    expect((await status()).errors).toEqual([]);
  });

  it('asks again where deployments could not be had, and keeps the runs', async () => {
    await round(failing('unreachable'));
    expect((await known()).runs).toBe(1);
    expect(await status()).toMatchObject({ failing: 1, lastSuccessAt: null });
  });
});
