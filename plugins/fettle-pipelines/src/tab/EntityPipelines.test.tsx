import { NotAllowedError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import {
  job,
  METRICS,
  pipeline,
  repositoryPipelines,
  run,
} from '../testing/fixtures';
import { renderTab } from '../testing/renderPage';

const runButtons = () =>
  screen
    .getAllByRole('button', { expanded: false })
    .filter(button => button.hasAttribute('data-run-button'))
    .map(button => button.textContent);

// jsdom lays nothing out; the virtual list needs heights.
beforeAll(() => {
  jest
    .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
    .mockImplementation(function height(this: HTMLElement) {
      return this.getAttribute('role') === 'list' ? 600 : 36;
    });
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
});
afterAll(() => jest.restoreAllMocks());

describe('the Pipelines tab', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
    api.runs = [
      run(482, { branch: 'feat/x', defaultBranch: false }),
      run(481, {
        state: 'failed',
        can: { rerun: true, rerunFailed: true, cancel: false },
      }),
      run(480),
    ];
  });

  it('says whether the default branch is green, since when, and how delivery goes', async () => {
    renderTab(api);
    expect(await screen.findByText('passing')).toBeInTheDocument();
    const metrics = await screen.findByRole('group', {
      name: 'Runs of the last 30 days',
    });
    expect(within(metrics).getByText('96 %')).toBeInTheDocument();
    expect(within(metrics).getByText('4m 12s')).toBeInTheDocument();
    const dora = screen.getByRole('group', { name: /DORA/ });
    expect(within(dora).getByText('1.5 / day')).toBeInTheDocument();
    expect(within(dora).getAllByText('not enough data')).toHaveLength(3);
  });

  it('tells the definition of a metric to a keyboard, and why there is no value', async () => {
    renderTab(api);
    const figure = await screen.findByRole('group', {
      name: /^Lead time: not enough data/,
    });
    act(() => figure.focus());
    const tooltip = await screen.findByRole('tooltip');
    expect(tooltip).toHaveTextContent('DORA lead time for changes');
    expect(tooltip).toHaveTextContent('2 of 5 deployments');
    expect(tooltip).toHaveTextContent('dora.dev');
  });

  it('shows each run with its state in words', async () => {
    renderTab(api);
    const row = (await screen.findByText('Change number 481')).closest(
      '[role=row]',
    )!;
    expect(within(row as HTMLElement).getByText('failed')).toBeInTheDocument();
    expect(within(row as HTMLElement).getByText('3f2c1ab')).toBeInTheDocument();
    expect(
      within(row as HTMLElement).getByText('jane · push'),
    ).toBeInTheDocument();
    expect(within(row as HTMLElement).getByText('4m 00s')).toBeInTheDocument();
  });

  it('names a state that it does not know in the host’s own word', async () => {
    api.runs = [run(482, { state: 'unknown', hostState: 'quarantined' })];
    renderTab(api);
    expect(
      await screen.findByText('unknown (quarantined)'),
    ).toBeInTheDocument();
  });

  it('puts a new run on top when a hint tells of it', async () => {
    const { hints } = renderTab(api);
    await screen.findByText('Change number 482');
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    act(() => api.tell(run(483, { state: 'running', finishedAt: null })));
    await hints.send('pipelines:r1', api.revision);
    expect(await screen.findByText('Change number 483')).toBeInTheDocument();
    expect(runButtons()[0]).toContain('#483');
  });

  it('announces new runs above while a run is open, and shows them when asked', async () => {
    const { hints } = renderTab(api, '/?run=run480');
    await screen.findByRole('region', { name: 'Run ci 480' });
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    act(() => api.tell(run(483)));
    await hints.send('pipelines:r1', api.revision);
    expect(await screen.findByText('1 new run')).toBeInTheDocument();
    expect(screen.queryByText('Change number 483')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(screen.getByText('Change number 483')).toBeInTheDocument();
    expect(screen.queryByText('1 new run')).not.toBeInTheDocument();
  });

  it('reads the filters from the URL, and writes what is chosen into it', async () => {
    renderTab(api, '/?branch=feat%2Fx&state=nonsense');
    expect(await screen.findByText('Change number 482')).toBeInTheDocument();
    expect(screen.queryByText('Change number 481')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /Branch: feat\/x/ }),
    );
    await userEvent.click(
      await screen.findByRole('menuitemcheckbox', { name: /main/ }),
    );
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByText('Change number 481')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters', hidden: true }),
    );
    await waitFor(() => expect(api.asked).toContain('runs r1 {"subpath":""}'));
  });

  it('says that no run matches the filter, and offers to clear it', async () => {
    renderTab(api, '/?event=schedule');
    expect(await screen.findByText('No run matches')).toBeInTheDocument();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    expect(await screen.findByText('Change number 482')).toBeInTheDocument();
  });

  it('asks for the folder of a monorepo’s entity', async () => {
    api.entity = { repositoryId: 'r1', subpath: 'services/api' };
    renderTab(api);
    await screen.findByText('Change number 482');
    expect(api.asked).toContain('runs r1 {"subpath":"services/api"}');
    expect(api.asked).toContain('pipelines r1 services/api');
  });

  it('loads older runs when asked', async () => {
    api.runs = Array.from({ length: 60 }, (_, index) => run(482 - index));
    renderTab(api);
    await screen.findByText('Change number 482');
    expect(screen.queryByText('Change number 423')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show older runs' }),
    );
    expect(await screen.findByText('Change number 423')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Show older runs' }),
    ).not.toBeInTheDocument();
  });

  it('walks the runs with the arrow keys, opens with Enter and closes with Escape', async () => {
    api.jobs = { run481: [job('build')] };
    renderTab(api);
    await screen.findByText('Change number 482');
    const [first, second] = screen
      .getAllByRole('button')
      .filter(button => button.hasAttribute('data-run-button'));
    first.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const region = await screen.findByRole('region', { name: 'Run ci 481' });
    await userEvent.click(
      within(region).getByRole('button', { name: /build/ }),
    );
    await userEvent.keyboard('{Escape}');
    expect(
      screen.queryByRole('region', { name: 'Run ci 481' }),
    ).not.toBeInTheDocument();
  });

  it('shows a linked run that is not among the rows', async () => {
    api.runs = Array.from({ length: 60 }, (_, index) => run(482 - index));
    renderTab(api, '/?run=run423');
    expect(
      await screen.findByRole('region', { name: 'Run ci 423' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/not among the runs below/)).toBeInTheDocument();
  });

  it('says what would be here and how to connect a CI when there is no run', async () => {
    api.runs = [];
    api.pipelines = repositoryPipelines({
      green: null,
      greenSince: null,
      pipelines: [],
      sources: [
        { source: 'forge', state: 'silent', lastHeardAt: null, reason: null },
      ],
    });
    renderTab(api);
    expect(await screen.findByText('No run yet')).toBeInTheDocument();
    expect(screen.queryByText('not enough data')).not.toBeInTheDocument();
    expect(await screen.findByText(/\/deliveries\/forge$/)).toBeInTheDocument();
    expect(
      screen.getByText(/fettle:\s+cdevents:\s+senders:/),
    ).toBeInTheDocument();
  });

  it('says which source fails, why and what to do, and keeps the runs', async () => {
    api.pipelines = repositoryPipelines({
      sources: [
        {
          source: 'forge',
          state: 'failing',
          lastHeardAt: '2026-05-04T11:00:00.000Z',
          reason: {
            code: 'unauthorized',
            message: 'The token was revoked.',
            action: 'Put a new token into integrations.',
          },
        },
      ],
    });
    renderTab(api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The token was revoked.');
    expect(alert).toHaveTextContent('Put a new token into integrations.');
    expect(screen.getByText('Change number 482')).toBeInTheDocument();
  });

  it('says which permission is missing', async () => {
    api.failWith = new NotAllowedError('Unauthorized');
    renderTab(api);
    expect(
      await screen.findByText('fettle.repository.read'),
    ).toBeInTheDocument();
  });

  it('keeps what it shows and says since when it is offline', async () => {
    const { hints } = renderTab(api);
    await screen.findByText('Change number 482');
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    api.failWith = new TypeError('Failed to fetch');
    await hints.send('pipelines:r1', 8);
    expect(await screen.findByText(/offline since/)).toBeInTheDocument();
    expect(screen.getByText('Change number 482')).toBeInTheDocument();
  });

  it('gives the annotation of an entity without a repository', async () => {
    api.entity = { repositoryId: null };
    renderTab(api);
    expect(
      await screen.findByText('No repository for this entity'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/fettle\.dev\/repository|annotations:/),
    ).toBeInTheDocument();
  });

  it('narrows the runs to a pipeline, red ones first', async () => {
    api.pipelines = repositoryPipelines({
      green: false,
      pipelines: [
        pipeline(),
        pipeline({ id: 'rel', name: 'release', green: false, latest: null }),
      ],
      metrics: METRICS,
    });
    renderTab(api);
    const strip = await screen.findByRole('group', {
      name: 'Pipelines on the default branch',
    });
    const [release] = within(strip).getAllByRole('button');
    expect(release).toHaveTextContent('release');
    await userEvent.click(release);
    await waitFor(() =>
      expect(api.asked).toContain('runs r1 {"pipeline":["rel"],"subpath":""}'),
    );
  });
});
