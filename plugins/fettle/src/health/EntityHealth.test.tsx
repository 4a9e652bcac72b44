import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi, LEDGER_FELL } from '../testing/FakeFettleApi';
import { claim, health, verdict } from '../testing/fixtures';
import { renderHealthTab } from '../testing/renderPage';

function apiWith(overrides: Parameters<typeof health>[0] = {}) {
  const api = new FakeFettleApi();
  const repository = health(overrides);
  api.repositories = [repository];
  api.entities['component:default/ledger'] = {
    entityRef: 'component:default/ledger',
    repositoryId: repository.id,
    subpath: repository.subpath,
    problem: null,
  };
  return api;
}

describe('Health tab', () => {
  it('shows the score, its level and where the points are', async () => {
    renderHealthTab(apiWith());
    expect(
      await screen.findByText('Score 87 of 100, good'),
    ).toBeInTheDocument();
    expect(screen.getByText('up 4 in seven days, from 83')).toBeInTheDocument();
    expect(screen.getByText('9 lost to failures')).toBeInTheDocument();
    expect(screen.getByText('4 lost to warnings')).toBeInTheDocument();
    expect(screen.getByText('3f2c1ab')).toBeInTheDocument();
  });

  it('puts first what is worth most, with its evidence and its fix', async () => {
    renderHealthTab(apiWith());
    const section = await screen.findByRole('region', { name: 'Fix first' });
    const [first, second] = within(section)
      .getAllByRole('button')
      .map(button => button.textContent);
    expect([first, second]).toEqual(['Licence', 'README with substance']);
    expect(within(section).getByText('+9')).toBeInTheDocument();
    expect(within(section).getByText(/Add a LICENSE file/)).toBeInTheDocument();
    expect(
      within(section).getByRole('link', { name: /README\.md:41/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example.com/payments/ledger/README.md#L41',
    );
  });

  it('opens a verdict in place from "fix first"', async () => {
    renderHealthTab(apiWith());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Licence' }),
    );
    const details = await screen.findByRole('region', { name: 'Licence' });
    expect(
      within(details).getByText('Why licence matters.'),
    ).toBeInTheDocument();
    expect(within(details).getByText('0 of 9')).toBeInTheDocument();
  });

  it('makes links only of addresses that lead to pages', async () => {
    const api = apiWith({
      verdicts: [
        verdict('readme', {
          status: 'fail',
          worth: 9,
          evidence: [
            { message: 'bad', path: 'a.md', line: 1, url: 'data:text/html,hi' },
          ],
        }),
      ],
    });
    renderHealthTab(api);
    expect((await screen.findAllByText('a.md:1'))[0]).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: /a\.md/ }),
    ).not.toBeInTheDocument();
  });

  it('never shows an unknown score as a number', async () => {
    renderHealthTab(
      apiWith({ score: null, upTo: null, level: 'unknown', trend: null }),
    );
    expect(await screen.findByText('Score unknown')).toBeInTheDocument();
    const score = screen.getByRole('region', { name: 'Score' });
    expect(within(score).queryByText('0')).not.toBeInTheDocument();
  });

  it('says how high the score could be while verdicts are unknown', async () => {
    renderHealthTab(apiWith({ score: 70, upTo: 90, level: 'fair' }));
    expect(await screen.findByText('up to 90')).toBeInTheDocument();
  });

  it('says why the last reading failed, and keeps what was known', async () => {
    renderHealthTab(
      apiWith({
        state: 'failing',
        reason: {
          code: 'unreachable',
          message: 'git.example.com did not answer.',
          action: 'Check the network.',
        },
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('git.example.com did not answer.');
    expect(alert).toHaveTextContent('Check the network.');
    expect(alert).toHaveTextContent('score 87');
    expect(alert).toHaveTextContent(
      'https://git.example.com/payments/ledger.git',
    );
    expect(screen.getByText('Score 87 of 100, good')).toBeInTheDocument();
  });

  it('says that a stale reading is stale', async () => {
    renderHealthTab(apiWith({ state: 'stale' }));
    expect(
      await screen.findByText('This reading is stale'),
    ).toBeInTheDocument();
    expect(screen.getByText(/older than 24 hr/)).toBeInTheDocument();
  });

  it('says that a repository is not read yet', async () => {
    renderHealthTab(
      apiWith({
        state: 'pending',
        collecting: true,
        score: null,
        upTo: null,
        level: 'unknown',
        trend: null,
        verdicts: [],
        groups: [],
        days: [],
        head: null,
        collectedAt: null,
        attemptedAt: null,
      }),
    );
    expect(await screen.findByText('Not read yet')).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toBeInTheDocument();
    expect(screen.queryByText('Fix first')).not.toBeInTheDocument();
  });

  it('gives an entity without a repository the annotation to copy', async () => {
    renderHealthTab(new FakeFettleApi());
    expect(
      await screen.findByText('No repository for this entity'),
    ).toBeInTheDocument();
    expect(screen.getByText(/fettle\.dev\/repository:/)).toBeInTheDocument();
  });

  it('says what is wrong with an annotation', async () => {
    const api = new FakeFettleApi();
    api.entities['component:default/ledger'] = {
      entityRef: 'component:default/ledger',
      repositoryId: null,
      subpath: '',
      problem: {
        code: 'invalid-annotation',
        message: 'fettle.dev/repository is not a remote.',
        action: 'Write a URL.',
      },
    };
    renderHealthTab(api);
    expect(
      await screen.findByText('fettle.dev/repository is not a remote.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Write a URL.')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const api = apiWith();
    api.failWith = new NotAllowedError('no');
    renderHealthTab(api);
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(screen.getByText('fettle.repository.read')).toBeInTheDocument();
  });

  it('shows an error as an error and tries again when asked', async () => {
    const api = apiWith();
    api.failWith = new Error('the backend is on fire');
    renderHealthTab(api);
    expect(
      await screen.findByText('the backend is on fire'),
    ).toBeInTheDocument();
    api.failWith = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('Score 87 of 100, good'),
    ).toBeInTheDocument();
  });

  it('asks for a new reading and says that the wish was accepted', async () => {
    const api = apiWith();
    renderHealthTab(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(await screen.findByText(/Accepted\./)).toBeInTheDocument();
    expect(api.asked.refreshes).toEqual(['r1']);
    expect(screen.getByRole('button', { name: 'Reading…' })).toBeDisabled();
  });

  it('says when the new reading is there', async () => {
    const api = apiWith();
    renderHealthTab(api);
    const button = await screen.findByRole('button', { name: 'Refresh' });
    api.repositories = [
      health({
        attemptedAt: '2026-05-20T12:05:00.000Z',
        collectedAt: '2026-05-20T12:05:00.000Z',
        score: 96,
        revision: 8,
      }),
    ];
    await userEvent.click(button);
    expect(
      await screen.findByText('The new reading is here.'),
    ).toBeInTheDocument();
    expect(screen.getByText('was 87')).toBeInTheDocument();
  });

  it('does not offer a refresh to those who may not ask for one', async () => {
    renderHealthTab(apiWith({ mayRefresh: false }));
    expect(
      await screen.findByRole('button', { name: 'Refresh' }),
    ).toBeDisabled();
    expect(
      screen.getByText(/needs fettle\.repository\.refresh/),
    ).toBeInTheDocument();
  });

  it('shows the folder, its neighbours and a conflict of a monorepo', async () => {
    renderHealthTab(
      apiWith({
        subpath: 'services/ledger',
        entities: [
          claim({ subpath: 'services/ledger' }),
          claim({
            entityRef: 'component:default/web',
            subpath: 'web',
            problem: {
              code: 'claimed-twice',
              message: 'component:default/site claims web as well.',
              action: 'Give one of them another folder.',
            },
          }),
        ],
      }),
    );
    expect(await screen.findByText('services/ledger')).toBeInTheDocument();
    expect(screen.getByText('This place is claimed twice')).toBeInTheDocument();
    expect(
      screen.getByText('component:default/site claims web as well.'),
    ).toBeInTheDocument();
  });

  it('lists what changed', async () => {
    const api = apiWith();
    api.history = { days: health().days, changes: [LEDGER_FELL] };
    renderHealthTab(api);
    expect(await screen.findByText('78 → 41')).toBeInTheDocument();
    expect(screen.getByText('README with substance: fail')).toBeInTheDocument();
  });

  it('offers the history as a table', async () => {
    const api = apiWith();
    api.history = {
      days: [
        { at: '2026-05-19T00:00:00.000Z', score: null },
        { at: '2026-05-20T00:00:00.000Z', score: 87 },
      ],
      changes: [],
    };
    renderHealthTab(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show as table' }),
    );
    const table = screen.getByRole('table');
    await waitFor(() =>
      expect(within(table).getAllByRole('row')).toHaveLength(3),
    );
    expect(within(table).getByText('unknown')).toBeInTheDocument();
  });
});
