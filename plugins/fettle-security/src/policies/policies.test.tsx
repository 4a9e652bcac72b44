import { InputError, NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { finding } from '../testing/fixtures';
import { policies, policyResult } from '../testing/policyFixtures';
import { renderSecurity, renderTab } from '../testing/renderPage';

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

describe('the policies of the fleet', () => {
  const list = () => screen.findByRole('region', { name: 'Policies' });

  it('say how many repositories keep them, and what nobody is asked for', async () => {
    renderSecurity(api, '/policies');
    expect(await list()).toHaveTextContent('3 violated1 not known8 kept');
    expect(await list()).toHaveTextContent('no repository in its scope');
  });

  it('open to their condition, and become drafts', async () => {
    renderSecurity(api, '/policies');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show details of No secret lies open',
      }),
    );
    expect(await list()).toHaveTextContent('enforce: the gate fails');
    await userEvent.click(
      screen.getByRole('button', { name: 'Take as a draft' }),
    );
    expect(screen.getByLabelText(/^Condition/)).toHaveValue(
      '!findings.exists(f, f.kind == "secret")',
    );
  });

  it('follow by themselves', async () => {
    const { hints } = renderSecurity(api, '/policies');
    await list();
    await waitFor(() => expect(hints.hears('security')).toBe(true));
    api.policies = policies({
      items: [
        {
          ...api.policies.items[0],
          counts: { kept: 12, violated: 0, error: 0, unknown: 0 },
        },
      ],
    });
    api.revision = 8;
    await hints.send('security', 8);
    await waitFor(() => expect(screen.getByText('12 kept')).toBeVisible());
    expect(screen.queryByText(/violated/)).toBeNull();
  });

  it('say which permission is missing', async () => {
    api.failWith = new NotAllowedError('no');
    renderSecurity(api, '/policies');
    expect(await screen.findByText('fettle.policy.read')).toBeInTheDocument();
  });
});

describe('a draft', () => {
  const typeDraft = async (condition: string) => {
    renderSecurity(api, '/policies');
    await userEvent.type(await screen.findByLabelText(/^Condition/), condition);
    await userEvent.click(screen.getByRole('button', { name: 'Replay' }));
  };

  it('is replayed: who would not keep it, since when, and how many', async () => {
    await typeDraft('repository.protected');
    const result = await screen.findByRole('region', {
      name: 'What the draft says',
    });
    expect(api.asked.at(-1)).toContain('"condition":"repository.protected"');
    expect(result).toHaveTextContent('1 violated');
    expect(result).toHaveTextContent('2 out of its scope');
    const table = within(result).getByRole('table');
    expect(table).toHaveTextContent('pay/ledger');
    expect(table).toHaveTextContent('2026-05-30 or longer');
    expect(table).toHaveTextContent('It was not scanned yet.');
    expect(
      within(result).getByRole('img', {
        name: 'Repositories that would not have kept it: 0 on 2026-06-01, 1 on 2026-06-02',
      }),
    ).toBeInTheDocument();
    expect(result).toHaveTextContent('Owners have no history.');
  });

  it('says what is wrong with it', async () => {
    api.wrongDraft = new InputError('condition: there is no field `nme`');
    await typeDraft('repository.nme == ""');
    expect(
      await screen.findByText('condition: there is no field `nme`'),
    ).toBeVisible();
    expect(
      screen.queryByRole('region', { name: 'What the draft says' }),
    ).toBeNull();
  });

  it('is not for those who may not try one', async () => {
    api.policies = policies({ can: { replay: false } });
    renderSecurity(api, '/policies');
    expect(await screen.findByText('fettle.policy.replay')).toBeVisible();
    expect(screen.queryByLabelText(/^Condition/)).toBeNull();
  });
});

describe('the policies of a repository', () => {
  const section = () => screen.findByRole('region', { name: 'Policies' });

  it('say how it stands, since when and why', async () => {
    api.results = [
      policyResult(),
      policyResult({
        ...{ status: 'unknown', rests: [], caveats: [] },
        policy: { ...policyResult().policy, id: 'x', title: 'Another' },
        reason: { code: 'x', message: 'Nobody looks.', action: 'Install it.' },
      }),
    ];
    renderTab(api);
    const shown = await section();
    await within(shown).findByText('Another');
    expect(shown).toHaveTextContent('0 of 2 kept');
    expect(shown).toHaveTextContent('Nobody looks.');
    await userEvent.click(
      within(shown).getByRole('button', {
        name: 'Show details of No secret lies open',
      }),
    );
    expect(shown).toHaveTextContent('1 of 2 findings');
    expect(shown).toHaveTextContent('The history was not scanned.');
    await userEvent.click(
      within(shown).getByRole('button', { name: 'Show history' }),
    );
    expect(shown).toHaveTextContent('no-secrets: kept → violated · abc1234');
  });

  it('say so where there is none', async () => {
    api.results = [];
    renderTab(api);
    expect(
      await screen.findByText('No policy is about this repository.'),
    ).toBeVisible();
  });
});

it('lists what was accepted, why and until when, and takes it back', async () => {
  const exception = {
    ...{ id: 'e1', as: 'accepted' as const, scope: 'place' as const },
    ...{ covers: 'one place', rule: 'CVE-2019-10744', endedAt: null },
    ...{ reason: 'Never called.', actor: 'user:default/ada' },
    createdAt: '2026-06-02T12:00:00.000Z',
    expiresAt: '2026-09-02T12:00:00.000Z',
  };
  api.findings = [
    finding({ state: 'accepted', exception }),
    finding({ id: 'f2', state: 'accepted', exception }),
  ];
  renderTab(api);
  const table = await screen.findByRole('table', { name: 'Exceptions' });
  expect(within(table).getAllByRole('row')).toHaveLength(2);
  expect(table).toHaveTextContent('one place · 2 findings');
  expect(table).toHaveTextContent('Never called.');
  await userEvent.click(
    within(table).getByRole('button', { name: 'Take back' }),
  );
  expect(api.asked).toContain('end e1');
});
