import { NotAllowedError } from '@backstage/errors';
import type {
  BrokenPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { ago, METRICS, run } from '../testing/fixtures';
import { renderPipelines } from '../testing/renderPage';

const BROKEN: BrokenPipeline = {
  repositoryId: 'r2',
  repositoryName: 'web/shop',
  entityRef: 'component:default/shop',
  owner: 'group:default/web',
  pipeline: { id: 'ci', name: 'ci' },
  since: ago(300),
  failures: 3,
  commit: 'abcdef1234567',
  commitSubject: 'Sell more',
  actor: 'Chen',
  runId: 'run-9',
  first: {
    runId: 'run-7',
    commit: '1234567abcdef',
    commitSubject: 'Sell less',
    actor: 'Jane',
  },
};

const fleet = (
  changes: Partial<FleetPipelines> = {},
): Omit<FleetPipelines, 'revision'> => ({
  running: [],
  runningTotal: 0,
  broken: [],
  brokenTotal: 0,
  ...{ slowest: [], flakiest: [], longestQueues: [], days: [] },
  owners: [
    {
      owner: 'group:default/web',
      repositories: 2,
      broken: 1,
      metrics: METRICS,
    },
  ],
  metrics: METRICS,
  withoutRuns: 1,
  repositories: 3,
  ...changes,
});

describe('the Pipelines page', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
    api.fleetPipelines = fleet();
  });

  it('says what is broken, since when, whose it is, and leads to the run', async () => {
    api.fleetPipelines = fleet({ broken: [BROKEN], brokenTotal: 1 });
    renderPipelines(api);
    const table = await screen.findByRole('table', { name: 'Broken' });
    const row = within(table).getAllByRole('row')[1];
    expect(row).toHaveTextContent('Sell more');
    expect(row).toHaveTextContent(/ago$/);
    expect(within(row).getByRole('link', { name: 'web/shop' })).toHaveAttribute(
      'href',
      expect.stringMatching(/shop\/pipelines\?run=run-9$/),
    );
    expect(within(row).getByText('web')).toBeInTheDocument();
  });

  it('shows what runs as soon as a hint tells of it', async () => {
    const { hints } = renderPipelines(api);
    await screen.findByText('Nothing runs at the moment.');
    await waitFor(() => expect(hints.hears('pipelines')).toBe(true));
    const running = run(7, { state: 'running', finishedAt: null });
    api.fleetPipelines = fleet({
      running: [
        {
          ...running,
          repositoryName: 'payments/ledger',
          entityRef: 'component:default/ledger',
        },
      ],
      runningTotal: 1,
    });
    api.revision += 1;
    await hints.send('pipelines', api.revision);
    const table = await screen.findByRole('table', { name: 'Running' });
    expect(within(table).getByText(/payments\/ledger/)).toBeInTheDocument();
  });

  it('says how many repositories have runs, and how delivery goes by owner', async () => {
    renderPipelines(api);
    expect(
      await screen.findByText('2 of 3 repositories have runs'),
    ).toBeInTheDocument();
    const owners = screen.getByRole('table', { name: 'By owner' });
    expect(within(owners).getByText('96 %')).toBeInTheDocument();
    expect(within(owners).getAllByText('–').length).toBeGreaterThan(0);
  });

  it('tells how a CI is connected where no repository has runs', async () => {
    api.fleetPipelines = fleet({ withoutRuns: 3 });
    renderPipelines(api);
    expect(await screen.findByText(/cdevents:/)).toBeInTheDocument();
  });

  it('keeps the window in its address', async () => {
    renderPipelines(api, '/?days=30');
    await screen.findByText('2 of 3 repositories have runs');
    expect(api.asked.some(one => /fleet.*30/i.test(one))).toBe(true);
  });

  it('names the permission that is missing', async () => {
    api.failWith = new NotAllowedError('No');
    renderPipelines(api);
    expect(
      await screen.findByText('fettle.repository.read'),
    ).toBeInTheDocument();
  });
});

describe('the Sources page', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
    api.sources = [
      {
        ...{ id: 'cdevents', title: 'CDEvents', backlogMs: 90_000 },
        deliveriesPath: '/deliveries/cdevents',
        deliveriesProblem: {
          code: 'not-configured',
          message: 'No sender is configured.',
          action: 'Name one.',
        },
        deliveries: { received: 1, processed: 5, ignored: 0, failed: 1 },
        lastDeliveryAt: ago(60),
        reconcile: null,
        hosts: [
          {
            host: 'git.example.com',
            state: 'waiting',
            ...{ limit: 5000, remaining: 1200, reserve: 0.3, calls: 17 },
            resetAt: null,
            observedAt: null,
            blockedUntil: ago(-600),
            lastSuccessAt: ago(5),
            ...{ error: null, errorAt: null, clockSkewMs: 120_000 },
          },
        ],
      },
    ];
    api.deliveries = [
      {
        ...{ id: '41', source: 'cdevents', deliveryId: 'x', attempts: 1 },
        event: 'pipelinerun.finished',
        state: 'failed',
        reason: {
          code: 'not-understood',
          message: 'It names no repository.',
          action: 'Send one.',
        },
        receivedAt: ago(30),
        processedAt: ago(29),
        ...{ bytes: 10, repositoryId: null },
      },
    ];
  });

  it('says what is missing, what a host allows, and what failed and why', async () => {
    renderPipelines(api, '/sources');
    expect(
      await screen.findByText('No sender is configured.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/deliveries\/cdevents$/)).toBeInTheDocument();
    const host = screen.getByRole('row', { name: /git\.example\.com/ });
    expect(host).toHaveTextContent('1200 / 5000, 30 % kept for people');
    expect(host).toHaveTextContent('its clock is 2m 00s ahead');
    expect(
      await screen.findByText(/It names no repository\. Send one\./),
    ).toBeInTheDocument();
  });

  it('has a delivery tried again, and says why not', async () => {
    renderPipelines(api, '/sources');
    const button = await screen.findByRole('button', { name: 'Try again' });
    await userEvent.click(button);
    expect(api.asked.some(one => /retry.*41/.test(one))).toBe(true);
    api.refuseWith = new NotAllowedError('No');
    await userEvent.click(button);
    expect(
      await screen.findByText('fettle.delivery.retry'),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    api.failWith = new NotAllowedError('No');
    renderPipelines(api, '/sources');
    expect(await screen.findByText('fettle.source.read')).toBeInTheDocument();
  });
});
