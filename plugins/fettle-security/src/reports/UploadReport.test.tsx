import { ConflictError, NotAllowedError } from '@backstage/errors';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSecurityApi } from '../testing/FakeSecurityApi';
import { security } from '../testing/fixtures';
import { renderTab } from '../testing/renderPage';

const HEAD = '3f2c1ab000000000000000000000000000000000';
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Lens' } }, results: [{}, {}, {}] }],
});

let api: FakeSecurityApi;
beforeEach(() => {
  api = new FakeSecurityApi();
});

const file = (text: string, name = 'lens.sarif') =>
  new File([text], name, { type: 'application/json' });

async function openDialog() {
  renderTab(api);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Upload a report…' }),
  );
  return within(await screen.findByRole('dialog'));
}

async function choose(chosen: File) {
  const dialog = await openDialog();
  await userEvent.upload(dialog.getByLabelText(/^Drop a file/), chosen, {
    applyAccept: false,
  });
  return dialog;
}

it('says what the file is, sends it about the head, and tells what came of it', async () => {
  const dialog = await choose(file(SARIF));
  expect(await dialog.findByText('SARIF 2.1.0')).toBeInTheDocument();
  expect(dialog.getByText('Lens')).toBeInTheDocument();
  expect(dialog.getByText('3 results')).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Upload' }));
  expect(await dialog.findByText('Lens (sarif): taken')).toBeInTheDocument();
  expect(dialog.getByRole('status')).toHaveTextContent(
    '2 new findings · 1 known · 1 fixed',
  );
  expect(dialog.getByText('One was cut. Mend it.')).toBeInTheDocument();
  expect(api.asked).toContain(`upload r1 ${HEAD} ${SARIF}`);
  expect(dialog.queryByRole('button', { name: 'Upload' })).toBeNull();
});

it('takes a file that is dropped', async () => {
  const dialog = await openDialog();
  const files = [file(SARIF)];
  const item = (index: number) => files[index];
  fireEvent.drop(dialog.getByLabelText(/^Drop a file/), {
    dataTransfer: { files: Object.assign(files, { item }) },
  });
  expect(await dialog.findByText('SARIF 2.1.0')).toBeInTheDocument();
});

it.each([
  ['<xml/>', 'It is no JSON.'],
  ['', 'It is empty.'],
  ['{}', 'It is neither SARIF 2.1.0 nor CycloneDX in JSON.'],
])('does not send what is no report: %j', async (text, words) => {
  const dialog = await choose(file(text));
  expect(await dialog.findByText(words)).toBeInTheDocument();
  expect(dialog.getByRole('button', { name: 'Upload' })).toBeDisabled();
  await userEvent.click(
    dialog.getByRole('button', { name: 'Choose another file' }),
  );
  expect(dialog.getByLabelText(/^Drop a file/)).toBeInTheDocument();
});

it('does not read what is too large', async () => {
  const large = file(SARIF);
  Object.defineProperty(large, 'size', { value: 34 * 1024 * 1024 });
  const dialog = await choose(large);
  expect(await dialog.findByText(/It has 34\.0 MB; up to 20 MB/)).toBeVisible();
  expect(dialog.getByRole('button', { name: 'Upload' })).toBeDisabled();
});

it('sends the commit that the file names, and says that it is not the head', async () => {
  const other = 'ab'.repeat(20);
  const about = JSON.parse(SARIF);
  about.runs[0].versionControlProvenance = [{ revisionId: other }];
  api.refuseReport = new ConflictError('The report is about abababa.');
  const dialog = await choose(file(JSON.stringify(about)));
  expect(
    await dialog.findByText('It is about abababa, and the head is 3f2c1ab.'),
  ).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Upload' }));
  expect(await dialog.findByText('The report was refused')).toBeInTheDocument();
  expect(dialog.getByText('The report is about abababa.')).toBeInTheDocument();
  expect(api.asked.at(-1)).toContain(`upload r1 ${other}`);
});

it('says which permission was missing after all', async () => {
  api.refuseReport = new NotAllowedError('no');
  const dialog = await choose(file(SARIF));
  await dialog.findByText('SARIF 2.1.0');
  await userEvent.click(dialog.getByRole('button', { name: 'Upload' }));
  expect(await dialog.findByText('fettle.report.upload')).toBeInTheDocument();
});

it.each([
  [
    'those who may not',
    { can: { triage: true, seeSecrets: true, uploadReports: false } },
  ],
  ['a repository without a commit', { headCommit: null }],
])('is not offered to %s', async (_, given) => {
  api.security = security(given);
  renderTab(api);
  await waitFor(() => expect(api.asked).toContain('security'));
  await screen.findByRole('region', { name: 'Fix first' });
  expect(screen.queryByRole('button', { name: 'Upload a report…' })).toBeNull();
});
