import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { drift } from '../testing/campaignFixtures';
import { FakeAutomationApi } from '../testing/FakeAutomationApi';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { health } from '../testing/fixtures';
import { renderHealthTab } from '../testing/renderPage';

async function open(automation: FakeAutomationApi) {
  const api = new FakeFettleApi();
  api.repositories = [health()];
  api.entities['component:default/ledger'] = {
    ...{ entityRef: 'component:default/ledger', repositoryId: 'r1' },
    ...{ subpath: '', problem: null, owner: null, system: null, revision: 7 },
  } as (typeof api.entities)[string];
  automation.stories = [];
  renderHealthTab(api, automation);
  // The first page of a file is also the first that loads all of its code.
  await screen.findByText('Basics 2', {}, { timeout: 20_000 });
  return screen.getByRole('region', { name: 'Standards' });
}

describe('Standards of a repository', () => {
  it('shows what differs, and plans the fix of it', async () => {
    const api = new FakeAutomationApi();
    api.drifts = [drift()];
    api.fixes = [
      {
        problem: {
          ...{ id: 'q1', kind: 'drift', key: 'basics', findingId: null },
          ...{ checkId: null, title: 'Differs from Basics' },
        },
        playbooks: [{ id: 'follow', title: 'Follow the standards' }],
        ...{ remediation: null, plan: null },
      },
    ];
    const section = await open(api);
    expect(section).toHaveTextContent('0 of 1 followed');
    await userEvent.click(
      within(section).getByRole('button', {
        name: 'Show what differs from Basics 2',
      }),
    );
    const file = within(section).getByRole('region', { name: '.editorconfig' });
    expect(file.querySelector('ins')).toHaveTextContent('indent_size = 2');
    expect(within(section).getByText('protection.reviews')).toBeInTheDocument();
    await userEvent.click(
      await within(section).findByRole('button', {
        name: 'Fix this: Differs from Basics',
      }),
    );
    await waitFor(() =>
      expect(api.asked).toContain(
        'create {"playbookId":"follow","repositoryId":"r1","problems":["basics"]}',
      ),
    );
  });

  it('opts out until a day with a reason', async () => {
    const api = new FakeAutomationApi();
    api.drifts = [drift()];
    const section = await open(api);
    await userEvent.click(
      within(section).getByRole('button', { name: 'Opt out…' }),
    );
    const dialog = await screen.findByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Opt out' });
    expect(save).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'It is old.');
    await userEvent.click(save);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.asked.join('\n')).toMatch(
      /opt out r1 basics {"reason":"It is old\.","expiresAt":"\d{4}-\d\d-\d\dT23:59:59\.000Z"}/,
    );
  });

  it('says who opted out until when, and ends that', async () => {
    const api = new FakeAutomationApi();
    api.drifts = [
      drift({
        state: 'exempt',
        optOut: {
          ...{ reason: 'It is archived soon.', actor: 'user:default/ada' },
          createdAt: '2026-05-20T12:00:00.000Z',
          expiresAt: '2026-08-20T23:59:59.000Z',
        },
      }),
    ];
    const section = await open(api);
    expect(section).toHaveTextContent('It is archived soon.');
    await userEvent.click(
      within(section).getByRole('button', { name: 'End the opt-out…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'It is not.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'End it' }),
    );
    await waitFor(() =>
      expect(api.asked).toContain('opt out r1 basics {"reason":"It is not."}'),
    );
  });

  it('names the permission where one may not opt out', async () => {
    const api = new FakeAutomationApi();
    api.mayOptOut = false;
    api.drifts = [drift()];
    const section = await open(api);
    expect(section).toHaveTextContent('fettle.standard.exempt');
    expect(
      within(section).queryByRole('button', { name: 'Opt out…' }),
    ).not.toBeInTheDocument();
  });
});
