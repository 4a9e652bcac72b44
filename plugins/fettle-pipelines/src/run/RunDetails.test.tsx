import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Step } from 'backstage-plugin-fettle-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { ago, job, run } from '../testing/fixtures';
import { renderTab } from '../testing/renderPage';

// jsdom lays nothing out; the virtual list needs heights.
beforeAll(() => {
  jest
    .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
    .mockImplementation(function height(this: HTMLElement) {
      return this.getAttribute('role') === 'list' ? 360 : 36;
    });
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
});
afterAll(() => jest.restoreAllMocks());

const step = (number: number, changes: Partial<Step> = {}): Step => ({
  number,
  name: `step ${number}`,
  state: 'succeeded',
  hostState: null,
  startedAt: ago(280),
  finishedAt: ago(270),
  ...changes,
});

const FAILED = run(481, {
  state: 'failed',
  can: { rerun: true, rerunFailed: true, cancel: false },
});

describe('an open run', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
    api.runs = [FAILED];
    api.jobs = {
      run481: [
        job('build'),
        job('test', {
          state: 'failed',
          steps: [step(1), step(2, { name: 'npm test', state: 'failed' })],
        }),
      ],
    };
    api.logs = { test: { text: '1 failing\nexit 1', truncated: true } };
  });

  const open = async (path = '/?run=run481') => {
    const { hints } = renderTab(api, path);
    const region = await screen.findByRole('region', { name: 'Run ci 481' });
    return { hints, region, inside: within(region) };
  };

  it('shows the failed job first, with its failing step and how its log ends', async () => {
    const { inside } = await open();
    const failed = within(
      await inside.findByRole('region', { name: 'Failed: test' }),
    );
    expect(failed.getByText('step 2 of 2: npm test')).toBeInTheDocument();
    const log = await failed.findByLabelText('Log of test');
    expect(log).toHaveTextContent('1 failing exit 1');
    expect(failed.getByText(/^The end of the log/)).toBeInTheDocument();
    expect(
      failed.getByRole('link', { name: 'Open test on the host' }),
    ).toHaveAttribute('href', 'https://ci.example.com/jobs/test');
  });

  it('reads the log of another job only when it is asked for', async () => {
    api.logs.build = { text: 'compiled' };
    const { inside } = await open();
    const timeline = within(
      await inside.findByRole('list', { name: /timeline/ }),
    );
    await userEvent.click(timeline.getByRole('button', { name: /build/ }));
    expect(api.asked).not.toContain('log run481 build');
    await userEvent.click(timeline.getByRole('button', { name: 'Show log' }));
    expect(await timeline.findByText('compiled')).toBeInTheDocument();
  });

  it('says which permission a log needs', async () => {
    api.logs.test = new NotAllowedError('no');
    const { inside } = await open();
    expect(
      await inside.findByText(/needs fettle\.log\.read/),
    ).toBeInTheDocument();
  });

  it('reads a log again that could not be read', async () => {
    api.logs.test = new Error('The host did not answer.');
    const { inside } = await open();
    expect(
      await inside.findByText(/The host did not answer/),
    ).toBeInTheDocument();
    api.logs.test = { text: 'now it is here' };
    await userEvent.click(inside.getByRole('button', { name: 'Read again' }));
    expect(await inside.findByText('now it is here')).toBeInTheDocument();
    expect(inside.queryByText(/did not answer/)).not.toBeInTheDocument();
  });

  it('draws of 5,000 jobs only those in view, and reads only their page', async () => {
    api.jobs.run481 = Array.from({ length: 5000 }, (_, n) => job(`job ${n}`));
    const { inside } = await open();
    const timeline = await inside.findByRole('list', { name: /timeline/ });
    const items = within(timeline).getAllByRole('listitem');
    expect(items.length).toBeLessThan(40);
    expect(items[0]).toHaveAttribute('aria-setsize', '5000');
    expect(api.asked.filter(asked => asked.startsWith('run '))).toEqual([
      'run run481 0',
    ]);
  });

  it('asks for a rerun of what failed, and says so until the host reports', async () => {
    const { hints, inside } = await open();
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    await userEvent.click(inside.getByRole('button', { name: 'Rerun failed' }));
    expect(api.asked).toContain('rerun run481 failed');
    expect(await inside.findByText('rerun asked for')).toBeInTheDocument();
    act(() => api.tell({ ...FAILED, requested: 'rerun' }));
    await hints.send('pipelines:r1', api.revision);
    expect(inside.getByText('rerun asked for')).toBeInTheDocument();
    act(() => api.tell({ ...FAILED, requested: null }));
    await hints.send('pipelines:r1', api.revision);
    expect(
      await inside.findByRole('button', { name: 'Rerun failed' }),
    ).toBeInTheDocument();
  });

  it('goes on to the attempt that a rerun made', async () => {
    const { hints, inside } = await open();
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    await userEvent.click(inside.getByRole('button', { name: 'Rerun' }));
    act(() =>
      api.tell(
        run(483, {
          runId: '481',
          number: '481',
          attempt: 2,
          state: 'running',
          finishedAt: null,
        }),
      ),
    );
    await hints.send('pipelines:r1', api.revision);
    expect(
      await screen.findByRole('button', { name: /attempt 2/, pressed: true }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /attempt 1/ }));
    expect(
      await screen.findByText('step 2 of 2: npm test'),
    ).toBeInTheDocument();
  });

  it('says beside the button why a rerun was refused', async () => {
    api.refuseWith = new ConflictError('The host no longer has this run.');
    const { inside } = await open();
    await userEvent.click(inside.getByRole('button', { name: 'Rerun' }));
    const alert = await inside.findByRole('alert');
    expect(alert).toHaveTextContent('The host no longer has this run.');
    expect(alert).toHaveTextContent('do it on the host');
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Dismiss' }),
    );
    expect(inside.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says which permission a rerun needs', async () => {
    api.refuseWith = new NotAllowedError('no');
    const { inside } = await open();
    await userEvent.click(inside.getByRole('button', { name: 'Rerun' }));
    expect(await inside.findByRole('alert')).toHaveTextContent(
      'fettle.run.control',
    );
  });

  it('offers nothing that may not be asked for', async () => {
    api.runs = [
      { ...FAILED, can: { rerun: false, rerunFailed: false, cancel: false } },
    ];
    const { inside } = await open();
    expect(
      inside.queryByRole('button', { name: /Rerun|Cancel/ }),
    ).not.toBeInTheDocument();
  });

  it('cancels what runs', async () => {
    api.runs = [
      run(481, {
        state: 'running',
        finishedAt: null,
        can: { rerun: false, rerunFailed: false, cancel: true },
      }),
    ];
    const { inside } = await open();
    await userEvent.click(inside.getByRole('button', { name: 'Cancel' }));
    expect(api.asked).toContain('cancel run481');
    expect(await inside.findByText('cancel asked for')).toBeInTheDocument();
  });

  it('says that the CI told of no job', async () => {
    api.jobs = {};
    const { inside } = await open();
    expect(inside.getByText(/has not told of any job/)).toBeInTheDocument();
  });

  it('leads nowhere that is no page of the host', async () => {
    api.runs = [run(481, { webUrl: 'data:text/html,run' })];
    api.jobs = {};
    const { inside } = await open();
    expect(inside.queryByRole('link')).not.toBeInTheDocument();
  });

  it('says that a linked run is gone', async () => {
    renderTab(api, '/?run=nothing');
    expect(
      await screen.findByText('There is nothing here any more'),
    ).toBeInTheDocument();
  });
});
