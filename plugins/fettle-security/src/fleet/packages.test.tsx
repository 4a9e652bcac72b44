import { InputError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { renderSecurity } from '../testing/renderPage';

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

const list = () => screen.findByRole('table', { name: 'Who uses what' });
const uses = () => screen.findByRole('table', { name: 'Uses of lodash' });

it('says who uses a package, at which versions', async () => {
  renderSecurity(api, '/packages');
  const packages = await list();
  expect(packages).toHaveTextContent('4.17.10 ×2 · 11 patches behind');
  expect(packages).toHaveTextContent('4.17.21');
  expect(packages).toHaveTextContent('and 3 more');
  await userEvent.click(within(packages).getByRole('link', { name: 'lodash' }));
  expect(await uses()).toHaveTextContent('web/yarn.lock');
  await userEvent.click(screen.getByText('Back to all packages'));
  await list();
});

it('narrows by what the address says, and writes it there', async () => {
  renderSecurity(
    api,
    '/packages?search=lo&licence=MIT&ecosystem=npm&owner=group:default/pay',
  );
  await list();
  const filters =
    '"search":"lo","ecosystem":"npm","licence":"MIT","owner":"group:default/pay"';
  expect(api.asked).toContain(`packages {${filters},"limit":100}`);
  await userEvent.click(screen.getByRole('button', { name: /Ecosystem: npm/ }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: 'Maven' }));
  await waitFor(() =>
    expect(api.asked.at(-1)).toContain('"ecosystem":"Maven"'),
  );
  // The filters stay where a package is opened and closed again.
  await userEvent.click(await screen.findByRole('link', { name: 'lodash' }));
  await uses();
  expect(api.asked.at(-1)).toBe(
    'uses {"ecosystem":"npm","name":"lodash","licence":"MIT","owner":"group:default/pay","limit":100}',
  );
  await userEvent.click(screen.getByText('Back to all packages'));
  expect(await screen.findByText(/Ecosystem: Maven/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(api.asked.at(-1)).toBe('packages {"limit":100}'));
});

it('shows the next page where there is one, and says how much is left', async () => {
  api.goesOn = true;
  renderSecurity(api, '/packages');
  expect(await list()).not.toHaveTextContent('react');
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('link', { name: 'react' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  await userEvent.click(screen.getByRole('link', { name: 'lodash' }));
  await uses();
  expect(screen.getByText('1 more')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('api/yarn.lock')).toBeVisible();
  expect(screen.getByText('web/yarn.lock')).toBeVisible();
});

it('looks for a range of versions, and says what cannot be compared', async () => {
  renderSecurity(api, '/packages?of=npm&name=lodash');
  await uses();
  await userEvent.type(screen.getByLabelText(/^Versions/), '<5');
  expect(
    await screen.findByText('not comparable with the range'),
  ).toBeVisible();
  expect(
    screen.getByText('1 use · 1 of them not comparable with the range'),
  ).toBeVisible();
  expect(api.asked.at(-1)).toContain('"range":"<5"');
  api.failWith = new InputError("'^5' is no version of npm.");
  await userEvent.clear(screen.getByLabelText(/^Versions/));
  await userEvent.type(screen.getByLabelText(/^Versions/), '^5');
  expect(await screen.findByText("'^5' is no version of npm.")).toBeVisible();
  // What was found for another range is not shown for this one.
  expect(screen.queryByRole('table')).toBeNull();
});

it('opens a link that was made before packages had filters', async () => {
  renderSecurity(api, '/packages?ecosystem=npm&name=lodash&search=lo');
  await uses();
  await userEvent.click(screen.getByText('Back to all packages'));
  await list();
  expect(api.asked.at(-1)).toBe('packages {"search":"lo","limit":100}');
});

it('follows what scans find', async () => {
  const { hints } = renderSecurity(api, '/packages');
  await list();
  const before = api.asked.length;
  await waitFor(() => expect(hints.hears('security')).toBe(true));
  api.revision += 1;
  await hints.send('security', api.revision);
  await waitFor(() => expect(api.asked.length).toBe(before + 1), {
    timeout: 10_000,
  });
  expect(api.asked.at(-1)).toBe('packages {"limit":100}');
});

it('saves what the filters leave as a file', async () => {
  const create = jest.fn(() => 'blob:x');
  Object.assign(URL, { createObjectURL: create, revokeObjectURL: () => {} });
  renderSecurity(api, '/packages?licence=MIT');
  await list();
  await userEvent.click(
    screen.getByRole('button', { name: 'Save as CycloneDX' }),
  );
  await waitFor(() => expect(create).toHaveBeenCalled());
  expect(api.asked.at(-1)).toBe(
    'export packages {"licence":"MIT","format":"cyclonedx"}',
  );
  await userEvent.click(screen.getByRole('link', { name: 'lodash' }));
  await uses();
  await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await waitFor(() => expect(create).toHaveBeenCalledTimes(2));
  expect(api.asked.at(-1)).toBe(
    'export uses {"ecosystem":"npm","name":"lodash","licence":"MIT"}',
  );
});
