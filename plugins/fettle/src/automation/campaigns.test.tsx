import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { automation, HASH, playbooks } from '../testing/automationFixtures';
import { campaign, campaignItem, draft } from '../testing/campaignFixtures';
import { FakeAutomationApi } from '../testing/FakeAutomationApi';
import { renderAutomation } from '../testing/renderPage';

const press = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));

/** As one pastes: each key of a long text would be a rendering of its own. */
async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field);
  await userEvent.paste(text);
}

async function confirm(name: string, reason?: string) {
  const dialog = await screen.findByRole('dialog');
  if (reason) {
    await userEvent.type(within(dialog).getByRole('textbox'), reason);
  }
  await userEvent.click(within(dialog).getByRole('button', { name }));
}

describe('Campaigns', () => {
  it('says how far each is, which wave, what failed and who made it', async () => {
    renderAutomation(new FakeAutomationApi(), '/campaigns');
    expect(
      await screen.findByRole('link', { name: 'Pin all actions' }),
    ).toHaveAttribute('href', expect.stringMatching(/\/campaigns\/c1$/));
    expect(screen.getByText('6 of 14 done')).toBeInTheDocument();
    expect(screen.getByText('wave 2 of 2')).toBeInTheDocument();
    expect(screen.getByText(/1 failure/)).toBeInTheDocument();
    expect(screen.getByRole('img', { name: /6 waiting/ })).toHaveAccessibleName(
      'Progress: 1 healed, 2 change open, 6 waiting, 1 failed, 1 impossible, 3 nothing to do',
    );
  });

  it('says what one would do where there is none, and the line that lets a playbook act', async () => {
    const api = new FakeAutomationApi();
    api.campaigns = [];
    const [item] = playbooks().items;
    api.playbooks = playbooks({
      items: [{ ...item, playbook: { ...item.playbook, level: 'observe' } }],
    });
    renderAutomation(api, '/campaigns');
    expect(await screen.findByText('No campaign yet')).toBeInTheDocument();
    expect(await screen.findByText(/level: propose/)).toBeInTheDocument();
  });

  it('names the permissions that are missing, and fails in words', async () => {
    const api = new FakeAutomationApi();
    api.automation = automation({
      can: { ...automation().can, campaigns: false },
    });
    const first = renderAutomation(api, '/campaigns');
    expect(
      await screen.findByText('fettle.campaign.manage'),
    ).toBeInTheDocument();
    first.unmount();
    const forbidden = new FakeAutomationApi();
    forbidden.failWith = new NotAllowedError('no');
    renderAutomation(forbidden, '/campaigns');
    expect(await screen.findByText('fettle.playbook.read')).toBeInTheDocument();
    expect(screen.queryByText('No campaign yet')).not.toBeInTheDocument();
  });

  it('makes a draft of what was asked for, and shows it', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api, '/campaigns?playbook=update');
    const dialog = await screen.findByRole('dialog', { name: 'New campaign' });
    const make = within(dialog).getByRole('button', { name: 'Make the draft' });
    expect(make).toBeDisabled();
    const field = (name: RegExp) => within(dialog).getByLabelText(name);
    await fill(field(/^Title/), 'Lodash');
    await fill(field(/^Repositories/), 'payments/*, web');
    await userEvent.clear(field(/^Waves/));
    await fill(field(/^Waves/), '2, 150 %');
    expect(make).toBeDisabled();
    await userEvent.clear(field(/^Waves/));
    await fill(field(/^Waves/), '2, 50 %, 100 %');
    await userEvent.click(make);
    expect(
      await screen.findByRole('heading', { name: 'Lodash' }),
    ).toBeInTheDocument();
    const asked = api.asked.find(one => one.startsWith('campaign {'))!;
    expect(JSON.parse(asked.slice('campaign '.length))).toEqual({
      ...{ title: 'Lodash', playbookId: 'update', order: 'name' },
      waves: [{ repositories: 2 }, { share: 0.5 }, { share: 1 }],
      mostFailures: 0.1,
      scope: {
        ...{ repositories: ['payments/*', 'web'], owners: [], systems: [] },
        when: null,
      },
    });
  });
});

describe('A campaign', () => {
  it('previews a draft with numbers and diffs, and starts exactly that', async () => {
    const api = new FakeAutomationApi();
    api.campaigns = [draft()];
    renderAutomation(api, '/campaigns/c1');
    await screen.findByText('package.json', {}, { timeout: 20_000 });
    const head = screen.getByRole('region', { name: 'Pin all actions' });
    expect(head).toHaveTextContent('would change 6 of 10');
    expect(head).toHaveTextContent('18 files');
    expect(head).toHaveTextContent('240 lines');
    expect(head).toHaveTextContent('3nothing to do');
    expect(head).toHaveTextContent('1impossible');
    await press('Start…');
    await confirm('Start');
    await waitFor(() =>
      expect(api.asked).toContain(`act c1 {"action":"start","hash":"${HASH}"}`),
    );
    await press('Open the plan');
    expect(
      await screen.findByRole('dialog', { name: 'Plan' }),
    ).toBeInTheDocument();
  });

  it('cannot be started before others approved it, and is approved by its hash', async () => {
    const api = new FakeAutomationApi();
    const can = { manage: true, approve: true };
    api.campaigns = [draft({ approvalsNeeded: 1, can })];
    renderAutomation(api, '/campaigns/c1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    expect(
      screen.queryByRole('button', { name: 'Start…' }),
    ).not.toBeInTheDocument();
    await confirm('Approve', 'Looked at it');
    await waitFor(() =>
      expect(api.asked).toContain(
        `act c1 {"action":"approve","hash":"${HASH}","reason":"Looked at it"}`,
      ),
    );
  });

  it('shows waves with their gates', async () => {
    const api = new FakeAutomationApi();
    const [first, second] = campaign().waves;
    api.campaigns = [
      campaign({
        waves: [
          first,
          { ...second, state: 'failed' },
          { ...second, number: 3, state: 'waiting' },
        ],
      }),
    ];
    renderAutomation(api, '/campaigns/c1');
    const waves = await screen.findByRole('region', { name: 'Waves' });
    const gates = within(waves)
      .getAllByRole('listitem', { name: /^Gate/ })
      .map(gate => gate.getAttribute('aria-label'));
    expect(gates).toEqual([
      'Gate after wave 1: open',
      'Gate after wave 2: shut: 1 of 9 failed',
    ]);
  });

  it('does not call failed what a person ended', async () => {
    const api = new FakeAutomationApi();
    const [first, second] = campaign().waves;
    const counts = { ...second.counts, failed: 0, impossible: 0, cancelled: 9 };
    api.campaigns = [
      campaign({
        state: 'cancelled',
        waves: [
          first,
          { ...second, state: 'failed', counts },
          { ...second, number: 3, state: 'waiting', counts },
        ],
      }),
    ];
    renderAutomation(api, '/campaigns/c1');
    const waves = await screen.findByRole('region', { name: 'Waves' });
    expect(waves).not.toHaveTextContent(/failed/);
    expect(
      within(waves).getByRole('listitem', {
        name: 'Gate after wave 2: not opened',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('1 of 14 healed')).toBeInTheDocument();
  });

  it('is paused, and cancelled only with a reason', async () => {
    const api = new FakeAutomationApi();
    renderAutomation(api, '/campaigns/c1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause…' }),
    );
    await confirm('Pause');
    await waitFor(() =>
      expect(api.asked).toContain('act c1 {"action":"pause"}'),
    );
    await press('Cancel…');
    await confirm('Cancel the campaign', 'It broke CI');
    await waitFor(() =>
      expect(api.asked).toContain(
        'act c1 {"action":"cancel","reason":"It broke CI"}',
      ),
    );
  });

  it('says why it paused itself, and goes on or retries', async () => {
    const api = new FakeAutomationApi();
    api.campaigns = [
      campaign({
        state: 'paused',
        reason: {
          ...{ code: 'failures', message: 'Of 9 repositories, 1 failed.' },
          action: 'Look at why.',
        },
      }),
    ];
    renderAutomation(api, '/campaigns/c1');
    expect(
      await screen.findByText('Of 9 repositories, 1 failed.'),
    ).toBeInTheDocument();
    await press('Retry the failed…');
    await confirm('Retry');
    await waitFor(() =>
      expect(api.asked).toContain('act c1 {"action":"retry-failed"}'),
    );
    await press('Resume…');
    await confirm('Resume');
    await waitFor(() =>
      expect(api.asked).toContain('act c1 {"action":"resume"}'),
    );
  });

  it('asks for a new word where a repository moved', async () => {
    const api = new FakeAutomationApi();
    const reason = {
      ...{ code: 'superseded', message: 'The repository moved.', action: '' },
    };
    api.campaignItems = [campaignItem({ reason })];
    renderAutomation(api, '/campaigns/c1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Go on with new plans…' }),
    );
    await confirm('Go on');
    await waitFor(() =>
      expect(api.asked).toContain(`act c1 {"action":"start","hash":"${HASH}"}`),
    );
  });

  it('lists repositories by wave and state, with reasons, changes and pages', async () => {
    const api = new FakeAutomationApi();
    api.nextCursor = 'n2';
    api.campaignItems = [
      campaignItem({
        ...{ state: 'failed', remediationId: 'm1', remediationState: 'failed' },
        ...{ files: 1, lines: 2 },
        changeUrl: 'https://git.example.com/payments/ledger/pulls/12',
        reason: {
          ...{ code: 'checks', message: 'Its checks failed.', action: 'Look.' },
        },
      }),
    ];
    renderAutomation(api, '/campaigns/c1?state=failed&wave=2&state=x');
    expect(await screen.findByText(/Its checks failed\./)).toBeInTheDocument();
    expect(screen.getByText(/1 file, 2 lines$/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Change/ })).toHaveAttribute(
      'href',
      'https://git.example.com/payments/ledger/pulls/12',
    );
    await press('Next →');
    await waitFor(() =>
      expect(api.asked).toContain(
        'items c1 {"wave":2,"state":"failed","cursor":"n2","limit":50}',
      ),
    );
    await press('Open Story of payments/ledger');
    expect(
      await screen.findByRole('dialog', { name: 'Remediation' }),
    ).toBeInTheDocument();
  });

  it('says who may do something where the reader may not', async () => {
    const api = new FakeAutomationApi();
    api.campaigns = [draft({ can: { manage: false, approve: false } })];
    renderAutomation(api, '/campaigns/c1');
    const acts = await screen.findByRole('region', {
      name: 'What you can do',
    });
    expect(acts).toHaveTextContent('fettle.campaign.manage');
    expect(within(acts).queryByRole('button')).not.toBeInTheDocument();
  });
});
