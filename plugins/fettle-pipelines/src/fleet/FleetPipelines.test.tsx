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

  const running = (number: number) => ({
    ...run(number, { state: 'running', finishedAt: null }),
    repositoryName: 'payments/ledger',
    entityRef: 'component:default/ledger',
  });

  it('says what is broken, by whom and since when, and leads to tab and runs', async () => {
    api.fleetPipelines = fleet({ broken: [BROKEN], brokenTotal: 1 });
    renderPipelines(api);
    const table = await screen.findByRole('table', { name: 'Broken' });
    const row = within(table).getAllByRole('row')[1];
    expect(row).toHaveTextContent('Sell less 1234567 · Jane');
    expect(row).toHaveTextContent(/ago$/);
    const leadsTo = (name: string) =>
      within(row).getByRole('link', { name }).getAttribute('href');
    expect(leadsTo('web/shop')).toMatch(/shop\/pipelines$/);
    expect(leadsTo('ci')).toMatch(/shop\/pipelines\?run=run-9$/);
    expect(leadsTo('Sell less')).toMatch(/shop\/pipelines\?run=run-7$/);
    expect(within(row).getByText('web')).toBeInTheDocument();
    expect(
      screen.getByText('broken on their default branch'),
    ).toHaveTextContent(/^1 /);
  });

  it('leads nowhere where the reader may see no entity', async () => {
    api.fleetPipelines = fleet({
      broken: [{ ...BROKEN, entityRef: null, owner: null }],
      brokenTotal: 1,
    });
    renderPipelines(api);
    const table = await screen.findByRole('table', { name: 'Broken' });
    expect(within(table).getByText('nobody')).toBeInTheDocument();
    expect(within(table).queryByRole('link')).not.toBeInTheDocument();
  });

  it('shows the first of many and the rest when asked, and how many are not listed at all', async () => {
    const broken = Array.from({ length: 8 }, (_, index) => ({
      ...BROKEN,
      repositoryId: `r${index}`,
    }));
    api.fleetPipelines = fleet({ broken, brokenTotal: 300 });
    renderPipelines(api);
    const table = await screen.findByRole('table', { name: 'Broken' });
    expect(within(table).getAllByRole('row')).toHaveLength(6);
    expect(screen.getByText('and 292 more')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 8' }));
    expect(within(table).getAllByRole('row')).toHaveLength(9);
  });

  it('shows what runs as soon as a hint tells of it', async () => {
    const { hints } = renderPipelines(api);
    await screen.findByText('Nothing runs at the moment.');
    await waitFor(() => expect(hints.hears('pipelines')).toBe(true));
    api.fleetPipelines = fleet({ running: [running(7)], runningTotal: 1 });
    api.revision += 1;
    await hints.send('pipelines', api.revision);
    const table = await screen.findByRole('table', { name: 'Running' });
    expect(
      within(table).getByRole('link', { name: 'payments/ledger' }),
    ).toBeInTheDocument();
    expect(within(table).getByRole('link', { name: 'ci #7' })).toHaveAttribute(
      'href',
      expect.stringMatching(/ledger\/pipelines\?run=run7$/),
    );
  });

  it('counts the seconds of what runs without asking', async () => {
    const startedAt = new Date(Date.now() - 5_000).toISOString();
    api.fleetPipelines = fleet({
      running: [{ ...running(7), startedAt }],
      runningTotal: 1,
    });
    renderPipelines(api);
    await screen.findByText('5s');
    const asked = api.asked.filter(one => one.startsWith('fleet')).length;
    expect(await screen.findByText('7s', {}, { timeout: 4_000 })).toBeVisible();
    expect(api.asked.filter(one => one.startsWith('fleet'))).toHaveLength(
      asked,
    );
  });

  it('says how delivery goes, and where there is not enough data', async () => {
    renderPipelines(api);
    const dora = await screen.findByRole('group', { name: /DORA/ });
    expect(within(dora).getByText('1.5 / day')).toBeInTheDocument();
    expect(within(dora).getAllByText('not enough data')).toHaveLength(3);
    const owners = screen.getByRole('table', { name: 'By owner' });
    expect(within(owners).getByText('96 %')).toBeInTheDocument();
    expect(within(owners).getAllByText('not enough data')).toHaveLength(3);
    await userEvent.hover(within(owners).getByText('Lead time'));
    expect(
      await screen.findByText(/DORA lead time for changes/),
    ).toBeInTheDocument();
  });

  it('shows runs by day, to a keyboard as well, or as a table', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const numbers = { durationP50: 60_000, durationP95: 90_000, queueP50: 1 };
    api.fleetPipelines = fleet({
      days: [{ day: today, runs: 9, succeeded: 6, failed: 2, ...numbers }],
    });
    renderPipelines(api);
    const chart = await screen.findByRole('img', { name: /Runs by result/ });
    chart.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByText(/6 passed, 2 failed, 1 neither/)).toHaveTextContent(
      'p50 1m 00s, p95 1m 30s',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table' }),
    );
    const table = screen.getByRole('table', { name: 'Day by day' });
    const cells = within(table)
      .getAllByRole('row')[1]
      .querySelectorAll('td:not(:first-child)');
    expect([...cells].map(cell => cell.textContent)).toEqual([
      ...['6', '2', '1', '1m 00s', '1m 30s'],
    ]);
  });

  it('tells how a CI is connected where no repository has runs', async () => {
    api.fleetPipelines = fleet({ withoutRuns: 3 });
    renderPipelines(api);
    expect(await screen.findByText(/cdevents:/)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('tells how the other repositories are connected when asked', async () => {
    renderPipelines(api);
    expect(
      await screen.findByText(/2 of 3 repositories have runs/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/cdevents:/)).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Connect the other one' }),
    );
    expect(screen.getByText(/cdevents:/)).toBeInTheDocument();
  });

  it('keeps the window in its address, and what it shows until the next is there', async () => {
    renderPipelines(api, '/?days=30&owner=group:default/web');
    const month = await screen.findByRole('button', { name: '30 days' });
    expect(month).toHaveAttribute('aria-pressed', 'true');
    expect(api.asked).toContain(
      'fleet pipelines {"days":30,"owner":"group:default/web"}',
    );
    await userEvent.click(screen.getByRole('button', { name: '90 days' }));
    expect(screen.getByRole('table', { name: 'By owner' })).toBeInTheDocument();
    await waitFor(() =>
      expect(api.asked).toContain(
        'fleet pipelines {"days":90,"owner":"group:default/web"}',
      ),
    );
  });

  it('can be narrowed to another owner where it is narrowed to one', async () => {
    const owner = (name: string) => ({
      ...fleet().owners[0],
      owner: `group:default/${name}`,
    });
    api.fleetPipelines = fleet({ owners: [owner('web'), owner('data')] });
    renderPipelines(api);
    await screen.findByRole('table', { name: 'By owner' });
    api.fleetPipelines = fleet({ owners: [owner('web')] });
    await userEvent.click(screen.getByRole('button', { name: /^Owner/ }));
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'web' }));
    await waitFor(() =>
      expect(api.asked.join()).toContain('"owner":"group:default/web"'),
    );
    await userEvent.click(screen.getByRole('button', { name: /^Owner: web/ }));
    expect(
      screen.getByRole('menuitemradio', { name: 'data' }),
    ).toBeInTheDocument();
  });

  it('keeps what it shows and says since when it is offline', async () => {
    const { hints } = renderPipelines(api);
    await screen.findByRole('table', { name: 'By owner' });
    await waitFor(() => expect(hints.hears('pipelines')).toBe(true));
    api.failWith = new TypeError('Failed to fetch');
    await hints.send('pipelines', 8);
    expect(await screen.findByText(/offline since/)).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'By owner' })).toBeInTheDocument();
  });

  it('says what failed where it never had anything to show', async () => {
    api.failWith = new TypeError('Failed to fetch');
    renderPipelines(api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Failed to fetch');
    delete api.failWith;
    await userEvent.click(within(alert).getByRole('button'));
    expect(
      await screen.findByRole('table', { name: 'By owner' }),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    api.failWith = new NotAllowedError('No');
    renderPipelines(api);
    expect(
      await screen.findByText('fettle.repository.read'),
    ).toBeInTheDocument();
  });
});
