import { NotAllowedError } from '@backstage/errors';
import type {
  DeliverySummary,
  HostStatus,
  SourceStatus,
} from 'backstage-plugin-fettle-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { ago } from '../testing/fixtures';
import { renderPipelines } from '../testing/renderPage';

const HOST: HostStatus = {
  host: 'git.example.com',
  state: 'waiting',
  ...{ limit: 5000, remaining: 1200, reserve: 0.3, calls: 17 },
  resetAt: ago(-900),
  observedAt: ago(5),
  blockedUntil: ago(-600),
  lastSuccessAt: ago(5),
  ...{ error: null, errorAt: null, clockSkewMs: 120_000 },
};

const source = (changes: Partial<SourceStatus> = {}): SourceStatus => ({
  ...{ id: 'cdevents', title: 'CDEvents', backlogMs: 90_000 },
  deliveriesPath: '/deliveries/cdevents',
  deliveriesProblem: null,
  deliveries: { received: 1, processed: 5, ignored: 0, failed: 1 },
  lastDeliveryAt: ago(60),
  reconcile: null,
  hosts: [HOST],
  ...changes,
});

const delivery = (
  id: number,
  changes: Partial<DeliverySummary> = {},
): DeliverySummary => ({
  ...{ id: String(id), source: 'cdevents', deliveryId: `d${id}` },
  event: 'pipelinerun.finished',
  state: 'failed',
  reason: {
    code: 'not-understood',
    message: 'It names no repository.',
    action: 'Send one.',
  },
  receivedAt: ago(1000 - id),
  processedAt: ago(1000 - id),
  ...{ attempts: 1, bytes: 10, repositoryId: null },
  ...changes,
});

describe('the Sources page', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
    api.sources = [source()];
    api.deliveries = [delivery(41)];
  });

  it('says what is missing, and where deliveries are to go', async () => {
    api.sources = [
      source({
        deliveriesProblem: {
          code: 'not-configured',
          message: 'No sender is configured.',
          action: 'Name one.',
        },
      }),
    ];
    renderPipelines(api, '/sources');
    expect(
      await screen.findByText('No sender is configured.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Name one.')).toBeInTheDocument();
    expect(screen.getByText(/deliveries\/cdevents$/)).toBeInTheDocument();
    expect(screen.getByText('1m 30s')).toBeInTheDocument();
    expect(screen.getByText(/Nothing is asked of it/)).toBeInTheDocument();
  });

  it('shows what a host allows, what of it is for people, until when it is waited for, and a clock that is off', async () => {
    renderPipelines(api, '/sources');
    const host = await screen.findByRole('row', { name: /git\.example\.com/ });
    expect(within(host).getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      '1,200 of 5,000',
    );
    // 30 % of 5,000 is more than what is left.
    expect(host).toHaveTextContent('only for people now: 1,500 are kept');
    expect(host).toHaveTextContent(/waiting for its limit until \d\d:\d\d/);
    expect(host).toHaveTextContent('Its clock is 2m 00s ahead');
  });

  it('has no bar for a host that names no limit, and no word on a clock that is right', async () => {
    const host = { ...HOST, limit: null, remaining: null, clockSkewMs: -900 };
    api.sources = [source({ hosts: [host] })];
    renderPipelines(api, '/sources');
    const row = await screen.findByRole('row', { name: /git\.example\.com/ });
    expect(row).toHaveTextContent('it names no limit');
    expect(within(row).queryByRole('meter')).not.toBeInTheDocument();
    expect(row).not.toHaveTextContent('clock');
  });

  it('says about which repositories a source does not answer, and what to do', async () => {
    api.sources = [
      source({
        reconcile: {
          ...{ repositories: 12, overdue: 3, failing: 1, lagMs: null },
          lastSuccessAt: ago(60),
          errors: [
            {
              ...{ repositoryId: 'r9', name: 'payments/ledger', at: ago(40) },
              reason: {
                code: 'unauthorized',
                message: 'The token was revoked.',
                action: 'Put a new one into integrations.',
              },
            },
          ],
        },
      }),
    ];
    renderPipelines(api, '/sources');
    const item = await screen.findByText('payments/ledger');
    expect(item.closest('li')).toHaveTextContent(
      'The token was revoked. Put a new one into integrations.',
    );
    expect(screen.getByText('some never')).toBeInTheDocument();
  });

  it('lists deliveries that failed with their reason, and others when asked', async () => {
    api.deliveries = [
      delivery(42, { state: 'processed', reason: null, event: 'told' }),
      delivery(41),
    ];
    renderPipelines(api, '/sources');
    const table = await screen.findByRole('table', { name: 'Deliveries' });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(table).toHaveTextContent('It names no repository. Send one.');
    await userEvent.click(
      screen.getByRole('button', { name: /^State: failed/ }),
    );
    await userEvent.click(
      screen.getByRole('menuitemradio', { name: /processed/ }),
    );
    expect(await screen.findByText('told')).toBeInTheDocument();
    expect(screen.queryByText('d41')).not.toBeInTheDocument();
  });

  it('takes state and source of deliveries from its address', async () => {
    renderPipelines(api, '/sources?state=any&source=cdevents');
    await screen.findByText('d41');
    expect(api.asked).toContain('deliveries {"source":"cdevents","limit":50}');
  });

  it('shows older deliveries page by page, however many there are', async () => {
    api.deliveries = Array.from({ length: 260 }, (_, n) => delivery(260 - n));
    renderPipelines(api, '/sources');
    const table = await screen.findByRole('table', { name: 'Deliveries' });
    for (const rows of [100, 150, 200, 250, 260]) {
      fireEvent.click(screen.getByText('Show older deliveries'));
      await waitFor(() =>
        expect(within(table).getAllByText(/^d\d+$/)).toHaveLength(rows),
      );
    }
    expect(screen.queryByText('Show older deliveries')).not.toBeInTheDocument();
  });

  it('hears of a delivery that failed by a hint', async () => {
    api.deliveries = [];
    const { hints } = renderPipelines(api, '/sources');
    await screen.findByText('No delivery has failed.');
    await waitFor(() => expect(hints.hears('sources')).toBe(true));
    api.deliveries = [delivery(42)];
    api.revision += 1;
    await hints.send('sources', api.revision);
    expect(await screen.findByText('d42')).toBeInTheDocument();
  });

  it('has a delivery tried again, and keeps it in its place when it has not failed', async () => {
    api.deliveries = [delivery(42), delivery(41)];
    const { hints } = renderPipelines(api, '/sources');
    const retry = await screen.findByRole('button', { name: /Try again.*d42/ });
    await waitFor(() => expect(hints.hears('sources')).toBe(true));
    await userEvent.click(retry);
    expect(api.asked).toContain('retry 42');
    const row = screen.getByRole('row', { name: /d42/ });
    expect(row).toHaveTextContent('trying again');
    api.deliveries = [delivery(41)];
    api.revision += 1;
    await hints.send('sources', api.revision);
    await waitFor(() =>
      expect(screen.getByRole('row', { name: /d42/ })).toHaveTextContent(
        'Tried again: no longer failed.',
      ),
    );
    expect(screen.getAllByRole('row', { name: /d4/ })[0]).toHaveTextContent(
      'd42',
    );
  });

  it('says when a delivery that was tried again has failed again', async () => {
    const { hints } = renderPipelines(api, '/sources');
    const retry = await screen.findByRole('button', { name: /Try again.*d41/ });
    await waitFor(() => expect(hints.hears('sources')).toBe(true));
    await userEvent.click(retry);
    api.deliveries = [delivery(41, { attempts: 2 })];
    api.revision += 1;
    await hints.send('sources', api.revision);
    const row = screen.getByRole('row', { name: /d41/ });
    await waitFor(() => expect(row).toHaveTextContent('2 attempts'));
    expect(row).toHaveTextContent('tried again');
    expect(
      within(row).getByRole('button', { name: /Try again/ }),
    ).toBeInTheDocument();
  });

  it('says beside the button why a delivery was not tried again', async () => {
    api.refuseWith = new NotAllowedError('No');
    renderPipelines(api, '/sources');
    const row = await screen.findByRole('row', { name: /d41/ });
    await userEvent.click(within(row).getByRole('button'));
    expect(await within(row).findByRole('alert')).toHaveTextContent(
      'needs fettle.delivery.retry',
    );
    delete api.refuseWith;
    await userEvent.click(within(row).getByRole('button'));
    await waitFor(() => expect(row).toHaveTextContent('trying again'));
    expect(within(row).queryByRole('alert')).not.toBeInTheDocument();
  });

  it('never shows an error of the list as an empty list', async () => {
    jest
      .spyOn(api, 'listDeliveries')
      .mockRejectedValueOnce(new Error('The database is locked'));
    renderPipelines(api, '/sources');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is locked');
    expect(
      screen.queryByText('No delivery has failed.'),
    ).not.toBeInTheDocument();
    await userEvent.click(within(alert).getByRole('button'));
    expect(await screen.findByText('d41')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says how old advisories are, and what is wrong with a feed', async () => {
    api.feeds = [
      {
        ...{ id: 'osv/npm', title: 'OSV: npm', from: '/srv/advisories' },
        ...{ state: 'failing', records: 1204, bytes: 10, broken: 2 },
        ...{ newestAt: ago(86_400), checkedAt: ago(60) },
        reason: {
          code: 'corrupt',
          message: 'The dump is cut short.',
          action: 'The old one stays in force.',
        },
      },
    ];
    renderPipelines(api, '/sources');
    const feeds = await screen.findByRole('table', { name: 'Advisories' });
    expect(feeds).toHaveTextContent('failing');
    expect(feeds).toHaveTextContent('The dump is cut short.');
    expect(feeds).toHaveTextContent('1,204');
    expect(feeds).toHaveTextContent('2 could not be read');
  });

  it('says how a source is added where there is none', async () => {
    api.sources = [];
    renderPipelines(api, '/sources');
    expect(
      await screen.findByText('No source of runs in this portal'),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    api.failWith = new NotAllowedError('No');
    renderPipelines(api, '/sources');
    expect(await screen.findByText('fettle.source.read')).toBeInTheDocument();
  });
});
