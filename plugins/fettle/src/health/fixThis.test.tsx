import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Fixes } from 'backstage-plugin-fettle-common';
import { details } from '../testing/automationFixtures';
import { FakeAutomationApi } from '../testing/FakeAutomationApi';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { health } from '../testing/fixtures';
import { renderHealthTab } from '../testing/renderPage';

type Fix = Fixes['items'][number];

function fix(overrides: Partial<Fix> = {}): Fix {
  return {
    problem: {
      ...{ id: 'q1', kind: 'verdict', key: 'licence|', findingId: null },
      ...{ checkId: 'licence', title: 'Licence: none was found' },
    },
    playbooks: [{ id: 'add-licence', title: 'Add a licence' }],
    ...{ remediation: null, plan: null },
    ...overrides,
  };
}

function open(automation: FakeAutomationApi) {
  const api = new FakeFettleApi();
  api.repositories = [health()];
  api.entities['component:default/ledger'] = {
    ...{ entityRef: 'component:default/ledger', repositoryId: 'r1' },
    ...{ subpath: '', problem: null, owner: null, system: null, revision: 7 },
  } as (typeof api.entities)[string];
  renderHealthTab(api, automation);
}

function quiet() {
  const api = new FakeAutomationApi();
  api.stories = [];
  return api;
}

const FIX = { name: 'Fix this: Licence: none was found' };

describe('Fix this', () => {
  it('plans the fix of this problem and shows the plan', async () => {
    const api = quiet();
    api.fixes = [fix()];
    open(api);
    const first = await screen.findByRole('region', { name: 'Fix first' });
    await userEvent.click(await within(first).findByRole('button', FIX));
    const drawer = await screen.findByRole('dialog', { name: 'Plan' });
    expect(
      await within(drawer).findByRole('region', { name: 'package.json' }),
    ).toBeInTheDocument();
    expect(api.asked).toContain(
      'create {"playbookId":"add-licence","repositoryId":"r1","problems":["licence|"]}',
    );
  });

  it('lets choose where several playbooks can', async () => {
    const api = quiet();
    api.fixes = [
      fix({
        playbooks: [
          { id: 'one', title: 'First way' },
          { id: 'two', title: 'Second way' },
        ],
      }),
    ];
    open(api);
    await userEvent.click(await screen.findByRole('button', FIX));
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Second way' }),
    );
    await waitFor(() =>
      expect(api.asked.join()).toContain('create {"playbookId":"two"'),
    );
  });

  it('shows the plan that there is, and makes no other', async () => {
    const api = quiet();
    api.fixes = [fix({ plan: { id: 'p1', state: 'waiting' } })];
    open(api);
    const first = await screen.findByRole('region', { name: 'Fix first' });
    await userEvent.click(
      await within(first).findByRole('button', {
        name: `${FIX.name} (waits for approval)`,
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Plan' }),
    ).toBeInTheDocument();
    expect(api.asked.join()).not.toContain('create');
  });

  it('shows what is under way instead', async () => {
    const api = new FakeAutomationApi();
    api.stories = [details()];
    api.fixes = [fix({ remediation: { id: 'm1', state: 'open' } })];
    open(api);
    const first = await screen.findByRole('region', { name: 'Fix first' });
    await userEvent.click(
      await within(first).findByRole('button', { name: 'change open' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Remediation' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', FIX)).not.toBeInTheDocument();
  });

  it('says why a plan could not be made', async () => {
    const api = quiet();
    api.fixes = [fix()];
    api.refuseWith = new Error('There is no such problem any more.');
    open(api);
    await userEvent.click(await screen.findByRole('button', FIX));
    expect(
      await screen.findByText('There is no such problem any more.'),
    ).toBeInTheDocument();
  });

  it('does not offer what the reader may not do', async () => {
    const api = quiet();
    api.fixes = [fix()];
    api.mayPlan = false;
    open(api);
    expect(await screen.findByRole('button', FIX)).toBeDisabled();
    expect(
      screen.getByTitle(/takes the permission fettle\.plan\.create/),
    ).toBeInTheDocument();
  });

  it('has no button where no playbook can, and says so where that is not known', async () => {
    const api = quiet();
    api.failWith = new Error('The database is away.');
    open(api);
    expect(
      await screen.findByText('What can be mended could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', FIX)).not.toBeInTheDocument();
  });

  it('lists what automation does in the repository', async () => {
    open(new FakeAutomationApi());
    const section = await screen.findByRole('region', { name: 'Automation' });
    expect(
      within(section).getByRole('button', { name: 'Update lodash to 4.17.21' }),
    ).toBeInTheDocument();
  });
});
