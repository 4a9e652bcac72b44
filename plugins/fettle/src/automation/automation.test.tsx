import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  automation,
  details,
  HASH,
  plan,
  playbooks,
} from '../testing/automationFixtures';
import { FakeAutomationApi } from '../testing/FakeAutomationApi';
import { renderAutomation } from '../testing/renderPage';

const press = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));

describe('Automation page', () => {
  it('says first what waits, what runs, and the success rate with all that belongs to it', async () => {
    renderAutomation(new FakeAutomationApi());
    const glance = await screen.findByRole('region', {
      name: 'Automation at a glance',
    });
    expect(within(glance).getByText('85 % healed')).toBeInTheDocument();
    expect(within(glance).getByText('64 to 95 % (95 %)')).toBeInTheDocument();
    expect(within(glance).getByText('17 of 20 problems')).toBeInTheDocument();
    expect(within(glance).getByText('1 false heal')).toBeInTheDocument();
    expect(
      within(glance).getByText('covers 40 % of all problems'),
    ).toBeInTheDocument();
    expect(
      within(glance).getByRole('link', { name: '1 waits for approval' }),
    ).toBeInTheDocument();
    const waiting = await screen.findByRole('region', {
      name: 'Waits for you',
    });
    expect(
      await within(waiting).findByRole('button', {
        name: 'Update lodash to 4.17.21',
      }),
    ).toBeInTheDocument();
    // A host without problems has no percentage.
    const hosts = screen.getByRole('region', { name: 'By host' });
    expect(within(hosts).getByText('no outcome yet')).toBeInTheDocument();
    expect(within(hosts).queryByText(/%/)).not.toBeInTheDocument();
  });

  it('shows limits that are reached and freezes that are open', async () => {
    renderAutomation(new FakeAutomationApi());
    expect(await screen.findByText('5 of 5 · reached')).toBeInTheDocument();
    expect(
      screen.getByText('Weekends: nothing is changed now'),
    ).toBeInTheDocument();
  });

  it('closes a breaker', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api);
    expect(
      await screen.findByText(/Three changes were closed/),
    ).toBeInTheDocument();
    expect(screen.getByText('Update what is vulnerable')).toBeInTheDocument();
    await press('Close the breaker');
    const dialog = await screen.findByRole('dialog');
    const close = within(dialog).getByRole('button', {
      name: 'Close the breaker',
    });
    expect(close).toBeDisabled();
    await userEvent.click(within(dialog).getByRole('textbox'));
    await userEvent.paste('Repaired');
    await userEvent.click(close);
    await waitFor(() =>
      expect(
        screen.queryByText(/Three changes were closed/),
      ).not.toBeInTheDocument(),
    );
    expect(api.asked).toContain(
      'close {"playbookId":"update","target":"git.example.com","reason":"Repaired"}',
    );
  });

  it('stops all automation with a reason, and says who did and why', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api);
    await screen.findByRole('region', { name: 'Automation at a glance' });
    await press('Stop all automation');
    const dialog = await screen.findByRole('dialog');
    const stop = within(dialog).getByRole('button', {
      name: 'Stop all automation',
    });
    expect(stop).toBeDisabled();
    await userEvent.click(within(dialog).getByRole('textbox'));
    await userEvent.paste('Harm');
    await userEvent.click(stop);
    expect(
      await screen.findByText('All automation is stopped'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Harm/)).toBeInTheDocument();
    expect(api.asked).toContain('kill {"on":true,"reason":"Harm"}');
  });

  it('names the permission where nothing may be stopped', async () => {
    const api = new FakeAutomationApi();
    const { can } = automation();
    api.automation = automation({ can: { ...can, stop: false } });
    renderAutomation(api);
    await screen.findByRole('region', { name: 'Automation at a glance' });
    expect(
      screen.queryByRole('button', { name: 'Stop all automation' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Close the breaker' }),
    ).not.toBeInTheDocument();
    expect(screen.getAllByText('fettle.automation.stop')).toHaveLength(2);
  });

  it('gives lines to copy where there is no playbook', async () => {
    const api = new FakeAutomationApi();
    api.playbooks = playbooks({ items: [], problems: [] });
    renderAutomation(api);
    expect(await screen.findByText('No playbook yet')).toBeInTheDocument();
    expect(screen.getByText(/fix-vulnerable-packages/)).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const api = new FakeAutomationApi();
    api.failWith = new NotAllowedError('no');
    renderAutomation(api);
    expect(await screen.findByText('fettle.playbook.read')).toBeInTheDocument();
  });

  it('says what failed, and not that there is nothing', async () => {
    const api = new FakeAutomationApi();
    api.failWith = new Error('The database is away.');
    renderAutomation(api);
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
    expect(screen.queryByText('No playbook yet')).not.toBeInTheDocument();
  });

  it('opens a plan in a drawer', async () => {
    const api = new FakeAutomationApi();
    api.stories = [];
    renderAutomation(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Update lodash to 4.17.21' }),
    );
    const drawer = await screen.findByRole('dialog', { name: 'Plan' });
    expect(
      await within(drawer).findByRole('heading', {
        name: 'Update lodash to 4.17.21',
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });
});

describe('Remediations', () => {
  it('asks for what the address says, and leaves out what makes no sense', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(
      api,
      '/remediations?state=open&state=purple&playbook=update',
    );
    expect(
      await screen.findByText('Update lodash to 4.17.21'),
    ).toBeInTheDocument();
    expect(api.asked).toContain(
      'remediations undefined {"state":["open"],"playbook":"update","limit":50}',
    );
  });

  it('turns to older ones, and back', async () => {
    const api = new FakeAutomationApi();
    api.nextCursor = 'c2';
    renderAutomation(api, '/remediations');
    await screen.findByText('Update lodash to 4.17.21');
    await press('Older →');
    await waitFor(() =>
      expect(api.asked).toContain(
        'remediations undefined {"cursor":"c2","limit":50}',
      ),
    );
    await press('← Newest');
    expect(screen.getByText('Update lodash to 4.17.21')).toBeInTheDocument();
  });
});

describe('Playbooks', () => {
  it('shows level, outcomes and where it is written, and files that hold none by line', async () => {
    renderAutomation(new FakeAutomationApi(), '/playbooks');
    expect(
      await screen.findByText("There is no step 'updat-dependency'."),
    ).toBeInTheDocument();
    expect(screen.getByText('playbooks/x.yaml:12')).toBeInTheDocument();
    expect(screen.getByText('enforce')).toBeInTheDocument();
    await press('Show all of Update packages');
    expect(screen.getByText('finding.fixedIn.size() > 0')).toBeInTheDocument();
    expect(screen.getByText('playbooks/update.yaml:3')).toBeInTheDocument();
  });
});

describe('A plan', () => {
  it('shows the diff as a reviewer reads it, why, and what comes then', async () => {
    renderAutomation(new FakeAutomationApi(), '/plans/p1');
    const file = await screen.findByRole('region', { name: 'package.json' });
    expect(file.querySelectorAll('ins')).toHaveLength(1);
    expect(file.querySelector('ins')).toHaveTextContent('"lodash": "4.17.21"');
    expect(file.querySelector('del mark')).toHaveTextContent('10');
    const then = screen.getByRole('list', { name: 'What happens then' });
    await waitFor(() => expect(then).toHaveTextContent('24 hr'));
    expect(then).toHaveTextContent(/open a change.*merge.*scan again.*healed/);
    expect(
      screen.getByText('lodash lets anyone change what all objects have'),
    ).toBeInTheDocument();
    expect(screen.getByText('1 of 20')).toBeInTheDocument();
  });

  it('is approved by its hash and then applied, and leads to the story', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api, '/plans/p1');
    await screen.findByText('0 of 1 approvals');
    await press('Approve');
    await screen.findByRole('button', { name: 'Apply' });
    expect(api.asked).toContain(
      `decide p1 {"hash":"${HASH}","decision":"approved"}`,
    );
    await press('Apply');
    expect(
      await screen.findByText('Opened the change 12.', { exact: false }),
    ).toBeInTheDocument();
    expect(api.asked).toContain(`apply p1 ${HASH}`);
  });

  it('asks before it does what is destructive', async () => {
    const api = new FakeAutomationApi();
    api.plans = [
      plan({
        state: 'ready',
        can: { approve: false, apply: true },
        actions: [
          {
            ...{ stepId: 's', uses: 'delete-branches', phase: 'before' },
            summary: 'Delete 3 merged branches',
            ...{ before: ['a', 'b', 'c'], after: [] },
            ...{ destructive: true, reversible: false },
          },
        ],
      }),
    ];
    renderAutomation(api, '/plans/p1');
    await screen.findByText('Delete 3 merged branches');
    await press('Apply');
    const dialog = await screen.findByRole('dialog');
    expect(api.asked.join()).not.toContain('apply p1');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Apply' }),
    );
    await waitFor(() => expect(api.asked).toContain(`apply p1 ${HASH}`));
  });

  it('says what stands in the way, and who has to approve it', async () => {
    const api = new FakeAutomationApi();
    api.plans = [
      plan({
        can: { approve: false, apply: false },
        obstacles: [
          { code: 'no-tool', message: 'npm is not installed.', action: '' },
        ],
        blockedBy: [
          { code: 'freeze', message: 'It is the weekend.', action: 'Wait.' },
        ],
      }),
    ];
    renderAutomation(api, '/plans/p1');
    expect(
      await screen.findByText('npm is not installed.'),
    ).toBeInTheDocument();
    expect(screen.getByText('It is the weekend.')).toBeInTheDocument();
    expect(screen.getByText('fettle.plan.approve')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('says why an approval was refused', async () => {
    const api = new FakeAutomationApi();
    api.refuseWith = new Error('Nobody approves what they asked for.');
    renderAutomation(api, '/plans/p1');
    await screen.findByText('0 of 1 approvals');
    await press('Approve');
    expect(
      await screen.findByText('Nobody approves what they asked for.'),
    ).toBeInTheDocument();
  });
});

describe('A remediation', () => {
  it('tells its story, with its change, and is cancelled with a reason', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api, '/remediations/m1');
    const story = await screen.findByRole('region', { name: 'Story' });
    expect(within(story).getAllByRole('listitem')).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: /Open 12 on the host/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example.com/payments/ledger/pulls/12',
    );
    await press('Cancel…');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('textbox'));
    await userEvent.paste('Not now');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel the remediation' }),
    );
    await waitFor(() => expect(api.asked).toContain('cancel m1 Not now'));
  });

  it('asks the person that it waits for', async () => {
    const api = new FakeAutomationApi();
    api.stories = [
      details({
        remediation: {
          state: 'applying',
          waitsFor: { stepId: 'ask', question: 'Is the backup done?' },
        },
        can: { cancel: false, retry: false, confirm: true },
      }),
    ];
    renderAutomation(api, '/remediations/m1');
    expect(await screen.findByText('Is the backup done?')).toBeInTheDocument();
    await press('Confirm…');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Confirm' }),
    );
    await waitFor(() =>
      expect(api.asked).toContain(
        'confirm m1 {"stepId":"ask","approved":true,"reason":""}',
      ),
    );
  });
});
