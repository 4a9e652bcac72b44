import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { renderSecurity } from '../testing/renderPage';

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

it('says how the fleet stands, by repository, rule, day and owner', async () => {
  renderSecurity(api);
  const glance = await screen.findByRole('region', {
    name: 'The fleet at a glance',
  });
  expect(glance).toHaveTextContent('1 critical');
  expect(glance).toHaveTextContent('2 of 3 repositories scanned');
  const worst = screen.getByRole('table', {
    name: 'Repositories to look at first',
  });
  expect(
    within(worst).getByRole('link', { name: 'pay/ledger' }),
  ).toHaveAttribute('href', expect.stringMatching(/\/security$/));
  expect(
    screen.getByRole('img', {
      name: 'Open findings by day: 0 on 2026-06-01, 3 on 2026-06-02',
    }),
  ).toBeInTheDocument();
  // What nobody scanned is not said to be clean.
  const owners = screen.getByRole('table', { name: 'By owner' });
  expect(owners).toHaveTextContent('not scanned yet');
  expect(owners).not.toHaveTextContent('nothing open');
});

it('looks an advisory up by any of its names', async () => {
  renderSecurity(api, '/findings');
  await userEvent.type(
    await screen.findByLabelText(/^Advisory or rule/),
    'GHSA-1',
  );
  await waitFor(() =>
    expect(api.asked).toContain('findings undefined {"rule":"GHSA-1"}'),
  );
  expect(await screen.findByRole('link', { name: 'pay/ledger' })).toBeVisible();
});

it('is one page to print', async () => {
  const print = jest.fn();
  Object.assign(window, { print });
  renderSecurity(api, '/report');
  expect(
    await screen.findByRole('heading', { name: 'Security of the fleet' }),
  ).toBeVisible();
  for (const name of ['Policies', 'Compliance', 'By owner']) {
    expect(await screen.findByRole('table', { name })).toBeVisible();
  }
  await userEvent.click(screen.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalled();
});

it('says in a report what could not be read', async () => {
  api.getCompliance = () => Promise.reject(new Error('It cannot be counted.'));
  renderSecurity(api, '/report');
  expect(await screen.findByText('It cannot be counted.')).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Compliance' })).toBeNull();
});

it('lets nobody print a part of a report', async () => {
  api.getPolicies = () => new Promise(() => {});
  renderSecurity(api, '/report');
  await screen.findByRole('table', { name: 'Compliance' });
  expect(screen.getByRole('button', { name: 'Print' })).toBeDisabled();
});

it('saves what the filters leave as a file', async () => {
  const create = jest.fn(() => 'blob:x');
  Object.assign(URL, { createObjectURL: create, revokeObjectURL: () => {} });
  renderSecurity(api, '/findings?kind=secret');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Save as SARIF' }),
  );
  await waitFor(() => expect(create).toHaveBeenCalled());
  expect(api.asked).toContain('export {"kind":["secret"],"format":"sarif"}');
  api.failWith = new Error('The database is gone.');
  await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
  expect(await screen.findByText('The database is gone.')).toBeVisible();
});

it('says which permission is missing', async () => {
  api.failWith = new NotAllowedError('no');
  renderSecurity(api);
  expect(await screen.findByText('fettle.finding.read')).toBeInTheDocument();
});
