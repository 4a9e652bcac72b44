import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { drift, standards } from '../testing/campaignFixtures';
import { FakeAutomationApi } from '../testing/FakeAutomationApi';
import { renderAutomation } from '../testing/renderPage';

describe('Standards', () => {
  it('says who follows each, at which version, and which files hold none', async () => {
    renderAutomation(new FakeAutomationApi(), '/standards');
    expect(await screen.findByRole('link', { name: 'Basics' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/standards\/basics$/),
    );
    expect(screen.getByText('7 of 10 follow it')).toBeInTheDocument();
    expect(screen.getByRole('img', { name: /^Adoption/ })).toHaveAccessibleName(
      'Adoption: 7 follows, 2 drifted, 1 unknown, 1 opted out',
    );
    expect(screen.getByText('2 (current): 5')).toBeInTheDocument();
    expect(screen.getByText('never: 4')).toBeInTheDocument();
    expect(screen.getByText('ci.yaml:4')).toBeInTheDocument();
    expect(
      screen.getByText("There is no strategy 'merge'."),
    ).toBeInTheDocument();
  });

  it('gives lines to copy where there is none, and fails in words', async () => {
    const api = new FakeAutomationApi();
    api.standards = standards({ items: [], problems: [] });
    const first = renderAutomation(api, '/standards');
    expect(await screen.findByText('No standard yet')).toBeInTheDocument();
    expect(screen.getByText(/ensure-lines/)).toBeInTheDocument();
    first.unmount();
    const failing = new FakeAutomationApi();
    failing.failWith = new Error('The database is away.');
    renderAutomation(failing, '/standards');
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
    expect(screen.queryByText('No standard yet')).not.toBeInTheDocument();
  });

  it('lists the repositories of one, by state and page', async () => {
    const api = new FakeAutomationApi();
    api.drifts = [
      drift(),
      drift({
        ...{ repositoryId: 'r2', repository: 'web', state: 'unknown' },
        ...{ files: [], settings: [] },
        reason: { code: 'gone', message: 'It was not read.', action: '' },
      }),
    ];
    api.nextCursor = 'n2';
    renderAutomation(api, '/standards/basics');
    expect(
      await screen.findByText('1 file differs · 1 setting differs'),
    ).toBeInTheDocument();
    expect(screen.getByText('It was not read.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^State/ }));
    await userEvent.click(
      await screen.findByRole('menuitemradio', { name: /unknown/ }),
    );
    await waitFor(() =>
      expect(api.asked).toContain(
        'standard basics {"state":"unknown","limit":50}',
      ),
    );
    const list = screen.getByRole('region', { name: 'Repositories' });
    await waitFor(() =>
      expect(
        within(list).queryByText('payments/ledger'),
      ).not.toBeInTheDocument(),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next →' }));
    await waitFor(() =>
      expect(api.asked).toContain(
        'standard basics {"state":"unknown","cursor":"n2","limit":50}',
      ),
    );
  });
});
