import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { standing } from '../testing/complianceFixtures';
import { renderSecurity } from '../testing/renderPage';

const FRAMEWORK = '/compliance?framework=scorecard';

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

it('says how many controls of each framework are met, without what cannot be seen', async () => {
  renderSecurity(api, '/compliance');
  const table = await screen.findByRole('table', { name: 'Compliance' });
  expect(table).toHaveTextContent('OpenSSF Scorecard 5');
  // 5 of 8, never rounded up.
  expect(table).toHaveTextContent('62 %');
  expect(table).toHaveTextContent('2 not met1 not known8 not seen5 met');
  await userEvent.click(within(table).getByRole('link'));
  expect(
    await screen.findByRole('region', { name: 'OpenSSF Scorecard 5' }),
  ).toBeVisible();
});

it('opens a control to what it rests on and who does not meet it', async () => {
  renderSecurity(api, FRAMEWORK);
  const controls = await screen.findByRole('region', { name: 'Controls' });
  await userEvent.click(
    within(controls).getByRole('button', { name: /License/ }),
  );
  expect(controls).toHaveTextContent('Rests on the check licence.');
  expect(controls).toHaveTextContent('Not seen: Whether it is the right one.');
  expect(
    await within(controls).findByRole('link', { name: 'pay/ledger' }),
  ).toBeVisible();
  expect(controls).toHaveTextContent('and 3 more');
  await userEvent.click(
    within(controls).getByRole('button', { name: /Fuzzing/ }),
  );
  expect(controls).toHaveTextContent('Nothing that is installed can tell');
});

it('shows days and owners; of what is not known it gives no share', async () => {
  renderSecurity(api, FRAMEWORK);
  expect(
    await screen.findByRole('img', {
      name: 'Met: 25 % on 2026-06-01, 62 % on 2026-06-02',
    }),
  ).toBeInTheDocument();
  const [, pay, nobody] = within(
    screen.getByRole('table', { name: 'By owner' }),
  ).getAllByRole('row');
  expect(pay).toHaveTextContent('50 %');
  expect(nobody).toHaveTextContent('not known');
  expect(nobody).not.toHaveTextContent('%');
});

it('says why there are no days', async () => {
  api.standing = standing({ days: null });
  renderSecurity(api, FRAMEWORK);
  expect(
    await screen.findByText(/some of which you may not see/),
  ).toBeVisible();
});

describe('evidence', () => {
  it('is saved for a period', async () => {
    const create = jest.fn(() => 'blob:x');
    Object.assign(URL, { createObjectURL: create, revokeObjectURL: () => {} });
    renderSecurity(api, FRAMEWORK);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export' }),
    );
    await waitFor(() => expect(create).toHaveBeenCalled());
    expect(api.asked.at(-1)).toMatch(
      /^evidence scorecard \d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/,
    );
  });

  it('says what went wrong', async () => {
    renderSecurity(api, FRAMEWORK);
    const button = await screen.findByRole('button', { name: 'Export' });
    api.failWith = new Error('The database is gone.');
    await userEvent.click(button);
    expect(await screen.findByText('The database is gone.')).toBeVisible();
  });

  it('is not for those who may not', async () => {
    api.standing = standing({ can: { exportEvidence: false } });
    renderSecurity(api, FRAMEWORK);
    expect(await screen.findByText('fettle.evidence.export')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
  });
});

it('says which permission is missing', async () => {
  api.failWith = new NotAllowedError('no');
  renderSecurity(api, '/compliance');
  expect(await screen.findByText('fettle.policy.read')).toBeInTheDocument();
});
