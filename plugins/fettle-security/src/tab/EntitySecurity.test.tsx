import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { finding, security } from '../testing/fixtures';
import { renderCard, renderTab } from '../testing/renderPage';

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

const findings = () => screen.findByRole('region', { name: 'All findings' });

it('says what to fix first, why, and by when', async () => {
  renderTab(api);
  const first = await screen.findByRole('region', { name: 'Fix first' });
  expect(first).toHaveTextContent('critical');
  expect(first).toHaveTextContent('lodash 4.17.10');
  expect(first).toHaveTextContent(
    'runtime · through express · fixed in 4.17.12',
  );
  expect(first).toHaveTextContent('overdue since');
});

it('opens a finding to its evidence, its fix and its history', async () => {
  renderTab(api);
  const list = await findings();
  await userEvent.click(
    await within(list).findByRole('button', {
      name: 'Show details of CVE-2019-10744',
    }),
  );
  expect(
    await within(list).findByText('Update lodash to 4.17.12.'),
  ).toBeVisible();
  expect(list).toHaveTextContent('It lets anyone change');
  expect(list).toHaveTextContent('opened');
});

it('leads to the place on the host, in a tab of its own', async () => {
  const url = 'https://h.example.com/ledger/blob/3f2c1ab/package-lock.json#L7';
  api.findings = [finding({ line: 7, url })];
  renderTab(api);
  const link = await within(await findings()).findByRole('link', {
    name: /^package-lock\.json:7/,
  });
  expect(link).toHaveAttribute('href', url);
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'noopener');
});

it('follows by itself what a push closes', async () => {
  const { hints } = renderTab(api);
  const list = await findings();
  await within(list).findByText('CVE-2019-10744');
  await waitFor(() => expect(hints.hears('security:r1')).toBe(true));
  api.findings = [finding({ state: 'fixed' })];
  api.security = security({ fixFirst: [] });
  api.revision = 8;
  await hints.send('security:r1', 8);
  await waitFor(() =>
    expect(within(list).queryByText('CVE-2019-10744')).toBeNull(),
  );
  expect(
    screen.getByText('Nothing that was scanned is open.'),
  ).toBeInTheDocument();
});

it('keeps its filters in the address', async () => {
  renderTab(api, '/?state=fixed&kind=secret&kind=nonsense&rule=X');
  await findings();
  await waitFor(() =>
    expect(api.asked).toContain(
      'findings r1 {"kind":["secret"],"state":["fixed"],"rule":"X"}',
    ),
  );
});

describe('accepting', () => {
  async function openDialog() {
    renderTab(api);
    const list = await findings();
    await userEvent.click(
      await within(list).findByRole('button', { name: /^Show details/ }),
    );
    await userEvent.click(
      await within(list).findByRole('button', { name: 'Accept…' }),
    );
    return screen.findByRole('dialog');
  }

  it('asks for a reason and an end, and says what was refused', async () => {
    api.refuseWith = new NotAllowedError('no');
    const dialog = await openDialog();
    const save = within(dialog).getByRole('button', { name: 'Accept' });
    expect(save).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'A sandbox.');
    await userEvent.click(save);
    expect(
      await within(dialog).findByText('fettle.finding.triage'),
    ).toBeVisible();
    expect(api.asked.at(-1)).toMatch(
      /accept f1 {"as":"accepted","scope":"place","reason":"A sandbox\.","expiresAt":"\d{4}-\d\d-\d\dT23:59:59\.000Z"}/,
    );
  });

  it('needs no end for a false positive', async () => {
    const dialog = await openDialog();
    await userEvent.click(within(dialog).getByLabelText(/false positive/));
    await userEvent.click(within(dialog).getByLabelText(/whole repository/));
    expect(within(dialog).queryByLabelText('Until')).toBeNull();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'A sample.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Accept' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.asked.at(-1)).toContain(
      'accept f1 {"as":"false-positive","scope":"repository","reason":"A sample."',
    );
  });

  it('is not offered to those who may not', async () => {
    api.security = security({
      can: { triage: false, seeSecrets: false, uploadReports: false },
    });
    renderTab(api);
    const list = await findings();
    await userEvent.click(
      await within(list).findByRole('button', { name: /^Show details/ }),
    );
    await within(list).findByText('Update lodash to 4.17.12.');
    expect(within(list).queryByRole('button', { name: 'Accept…' })).toBeNull();
  });
});

it('says which permission shows where a secret is', async () => {
  api.findings = [
    finding({ kind: 'secret', component: null, path: null, hidden: true }),
  ];
  renderTab(api);
  const list = await findings();
  expect(
    await within(list).findByText(/fettle\.secret-place\.read/),
  ).toBeInTheDocument();
});

describe('what keeps the numbers from being the whole truth', () => {
  const [scan] = security().scans;

  it.each([
    [
      'a repository that was not scanned yet',
      security({ scans: [{ ...scan, state: 'pending', commit: null }] }),
      'Findings appear here as soon as the first scan has ended.',
    ],
    [
      'a scan that failed',
      security({
        scans: [
          {
            ...{ ...scan, state: 'failed' as const },
            reason: { code: 'timeout', message: 'Too slow.', action: 'Wait.' },
          },
        ],
      }),
      'Too slow.',
    ],
    [
      'a file that could not be read',
      security({
        scans: [
          {
            ...{ ...scan, state: 'partial' as const },
            problems: [
              { path: 'yarn.lock', message: 'Cut short.', action: 'Mend it.' },
            ],
          },
        ],
      }),
      'Show what could not be read',
    ],
    ['no advisories', security({ feeds: [] }), 'No advisories are configured'],
    ['no scanner', security({ scans: [] }), 'No scanner is installed'],
  ])('is said: %s', async (_, known, words) => {
    api.security = known;
    renderTab(api);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('is never a green nothing', async () => {
    api.security = security({
      ...{ open: { ...security().open, critical: 0 }, fixFirst: [] },
      scans: [{ ...scan, state: 'pending', commit: null }],
    });
    renderCard(api);
    expect(await screen.findByText('not scanned yet')).toBeInTheDocument();
    expect(screen.queryByText('nothing open')).toBeNull();
  });
});

it('says which permission is missing', async () => {
  api.failWith = new NotAllowedError('no');
  renderTab(api);
  expect(await screen.findByText('fettle.finding.read')).toBeInTheDocument();
});

it('has a card with what to fix first, which leads to the tab', async () => {
  renderCard(api);
  expect(await screen.findByText('CVE-2019-10744')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Open Security' })).toHaveAttribute(
    'href',
    expect.stringMatching(/\/security$/),
  );
});

it('shows every component, page by page', async () => {
  api.goesOn = true;
  renderTab(api);
  const components = await screen.findByRole('region', { name: 'Components' });
  expect(await within(components).findByText('1 more')).toBeVisible();
  await userEvent.click(
    within(components).getByRole('button', { name: 'Show more' }),
  );
  expect(
    await within(components).findByText('web/package-lock.json'),
  ).toBeVisible();
  expect(within(components).getByText('package-lock.json')).toBeVisible();
});
