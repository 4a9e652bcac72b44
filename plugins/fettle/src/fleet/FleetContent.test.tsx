import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeFettleApi, LEDGER_FELL } from '../testing/FakeFettleApi';
import { claim, health, summary } from '../testing/fixtures';
import { renderFleet } from '../testing/renderPage';

// jsdom lays nothing out; the virtual list needs a height to fill.
beforeAll(() => {
  jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
});
afterAll(() => jest.restoreAllMocks());

function fleetOf(...rows: Parameters<typeof summary>[0][]) {
  const api = new FakeFettleApi();
  api.rows = rows.map((row, index) => summary({ id: `r${index + 1}`, ...row }));
  return api;
}

describe('Fleet page', () => {
  it('shows the fleet in numbers and its repositories', async () => {
    renderFleet(
      fleetOf(
        { name: 'payments/ledger', score: 41, level: 'poor' },
        { name: 'shop/web' },
      ),
    );
    expect(await screen.findByText('payments/ledger')).toBeInTheDocument();
    expect(screen.getByText('shop/web')).toBeInTheDocument();
    expect(screen.getByText('Score 41 of 100, poor')).toBeInTheDocument();
    const numbers = screen.getByRole('region', {
      name: 'The fleet in numbers',
    });
    expect(await within(numbers).findByText('81')).toBeInTheDocument();
    expect(within(numbers).getByText('repositories')).toBeInTheDocument();
  });

  it('leads to the Health tab of the one entity, else to the repository page', async () => {
    renderFleet(
      fleetOf(
        { name: 'one' },
        { name: 'none', entities: [] },
        {
          name: 'many',
          entities: [
            claim({ subpath: 'a' }),
            claim({ entityRef: 'component:default/b', subpath: 'b' }),
          ],
        },
      ),
    );
    expect(await screen.findByRole('link', { name: 'one' })).toHaveAttribute(
      'href',
      '/catalog/default/component/ledger/health',
    );
    expect(screen.getByRole('link', { name: 'none' })).toHaveAttribute(
      'href',
      '/repositories/r2',
    );
    expect(screen.getByRole('link', { name: 'many' })).toHaveAttribute(
      'href',
      '/repositories/r3',
    );
    expect(screen.getByText('not in the catalog')).toBeInTheDocument();
  });

  it('says why a repository could not be read, in its row', async () => {
    renderFleet(
      fleetOf({
        name: 'gone',
        state: 'failing',
        score: null,
        level: 'unknown',
        reason: {
          code: 'not-found',
          message: 'The remote does not exist.',
          action: 'Correct the annotation.',
        },
      }),
    );
    expect(
      await screen.findByText('not found: The remote does not exist.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Score unknown')).toBeInTheDocument();
  });

  it('asks for what the URL says, and leaves out what makes no sense', async () => {
    const api = fleetOf({ name: 'ledger' });
    renderFleet(
      api,
      '/?owner=group:default/team-pay&state=stale&state=failing&level=purple&sort=changed&order=desc',
    );
    await screen.findByText('ledger');
    expect(api.asked.lists[0]).toMatchObject({
      owner: ['group:default/team-pay'],
      state: ['stale', 'failing'],
      sort: 'changed',
      order: 'desc',
    });
    expect(api.asked.lists[0].level).toBeUndefined();
  });

  it('filters by a menu and forgets the filters again', async () => {
    const api = fleetOf({ name: 'ledger' });
    renderFleet(api);
    await screen.findByText('ledger');
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Filter' })).getByRole(
        'button',
        {
          name: /^Owner/,
        },
      ),
    );
    await userEvent.click(
      await screen.findByRole('menuitemcheckbox', { name: /team-pay/ }),
    );
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByRole('button', { name: /Owner: team-pay/ }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(api.asked.lists.some(query => query.owner)).toBe(true),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(
      screen.queryByRole('button', { name: /Owner: team-pay/ }),
    ).not.toBeInTheDocument();
  });

  it('searches when typing pauses', async () => {
    const api = fleetOf({ name: 'ledger' });
    renderFleet(api);
    await screen.findByText('ledger');
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search names' }),
      'led',
    );
    await waitFor(() =>
      expect(api.asked.lists.some(query => query.search === 'led')).toBe(true),
    );
    expect(api.asked.lists.some(query => query.search === 'l')).toBe(false);
  });

  it('sorts by a column and turns the order round', async () => {
    const api = fleetOf({ name: 'ledger' });
    renderFleet(api);
    await screen.findByText('ledger');
    await userEvent.click(screen.getByRole('button', { name: 'Changed' }));
    await waitFor(() =>
      expect(api.asked.lists.at(-1)).toMatchObject({
        sort: 'changed',
        order: 'desc',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: /Changed/ }));
    await waitFor(() =>
      expect(api.asked.lists.at(-1)).toMatchObject({ order: 'asc' }),
    );
    expect(
      screen.getByRole('columnheader', { name: /Changed/ }),
    ).toHaveAttribute('aria-sort', 'ascending');
  });

  it('walks the rows with the arrow keys', async () => {
    renderFleet(fleetOf({ name: 'one' }, { name: 'two' }, { name: 'three' }));
    const first = await screen.findByRole('link', { name: 'one' });
    first.focus();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'two' })).toHaveFocus(),
    );
    await userEvent.keyboard('{End}');
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'three' })).toHaveFocus(),
    );
    expect(first).toHaveAttribute('tabindex', '-1');
  });

  it('renders only the rows in view of a large fleet', async () => {
    const api = new FakeFettleApi();
    api.rows = Array.from({ length: 1000 }, (_, index) =>
      summary({ id: `r${index}`, name: `repo-${index}` }),
    );
    renderFleet(api);
    await screen.findByText('repo-0');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '1001');
  });

  it('tells what changed lately', async () => {
    const api = fleetOf({ name: 'payments/ledger' });
    api.activity = [LEDGER_FELL];
    renderFleet(api);
    const lately = await screen.findByRole('region', { name: 'Lately' });
    expect(await within(lately).findByText('78 → 41')).toBeInTheDocument();
    expect(
      within(lately).getByText('README with substance: fail'),
    ).toBeInTheDocument();
  });

  it('lists entities without a usable repository, with what to do', async () => {
    const api = fleetOf({ name: 'ledger' });
    api.fleet = {
      problems: [
        {
          entityRef: 'component:default/broken',
          repositoryId: null,
          subpath: '',
          problem: {
            code: 'invalid-annotation',
            message: 'The annotation is not a URL.',
            action: 'Write a URL.',
          },
        },
      ],
    };
    renderFleet(api);
    expect(
      await screen.findByText('1 entity without a usable repository'),
    ).toBeInTheDocument();
    expect(screen.getByText('Write a URL.')).toBeInTheDocument();
  });

  it('says what to do where there is no repository', async () => {
    renderFleet(new FakeFettleApi());
    expect(await screen.findByText('No repository yet')).toBeInTheDocument();
    expect(screen.getByText(/fettle\.dev\/repository:/)).toBeInTheDocument();
  });

  it('tells an empty fleet from filters that match nothing', async () => {
    renderFleet(new FakeFettleApi(), '/?search=nothing');
    expect(
      await screen.findByText('No repository matches'),
    ).toBeInTheDocument();
    expect(screen.queryByText('No repository yet')).not.toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const api = new FakeFettleApi();
    api.failWith = new NotAllowedError('no');
    renderFleet(api);
    expect(
      await screen.findByText('fettle.repository.read'),
    ).toBeInTheDocument();
  });

  it('shows a repository without an entity on a page of its own', async () => {
    const api = new FakeFettleApi();
    api.repositories = [health({ id: 'r9', name: 'loner', entities: [] })];
    renderFleet(api, '/repositories/r9');
    expect(
      await screen.findByRole('heading', { name: 'loner' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Score 87 of 100, good')).toBeInTheDocument();
  });

  it('says that a repository is gone', async () => {
    renderFleet(new FakeFettleApi(), '/repositories/r9');
    expect(
      await screen.findByText('There is nothing here any more'),
    ).toBeInTheDocument();
  });
});
