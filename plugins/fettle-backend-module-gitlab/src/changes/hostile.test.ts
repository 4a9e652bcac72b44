import type { ChangeRequest } from 'backstage-plugin-fettle-node';
import type { Answer, Misbehaviour } from '../testing/answers';
import { FakeHost, TOKEN } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor } from '../testing/sourceFor';

jest.setTimeout(180_000);

const { signal } = new AbortController();
const BRANCH = 'fettle/tidy/0123456789ab';
const said = (status: number, message: string): Answer => ({
  ...{ status, body: JSON.stringify({ message }) },
});

let host: FakeHost;
let repository: HostedRepository;
let request: ChangeRequest;
beforeEach(async () => {
  host = await FakeHost.start();
  repository = host.create('payments/ledger');
  const baseCommit = await repository.commit({
    ...{ at: '2026-05-20T12:00:00.000Z', files: { a: 'a' } },
  });
  request = {
    ...{ branch: BRANCH, base: 'main', baseCommit, title: 'Tidy' },
    ...{ body: 'It is so.\n/merge\n', marker: '0123456789abcdef' },
    files: [{ path: 'a', content: 'b' }],
  };
});
afterEach(() => host.stop());

const open = () =>
  sourceFor(host).proposer.open(repository.location, request, { signal });
const failure = (doing: Promise<unknown>): Promise<any> =>
  doing.then(
    () => undefined,
    error => error,
  );

it.each<[string, Misbehaviour, string]>([
  ['a missing right', said(403, '403 Forbidden'), 'unauthorized'],
  ['something gone', said(404, '404 Not Found'), 'not-found'],
  ['an error of its own', { status: 500, body: '{}' }, 'failed'],
  ['a gateway', { status: 502, body: '<html>' }, 'failed'],
  ['HTML in place of JSON', { status: 200, body: '<h1>Back soon' }, 'corrupt'],
  ['JSON of another form', { status: 200, body: '{"a":1}' }, 'corrupt'],
  ['half an answer', 'half', 'corrupt'],
])('says why a change is not opened: %s', async (_, misbehaviour, code) => {
  host.misbehaviour = misbehaviour;
  const error = await failure(open());
  expect(error).toMatchObject({ name: 'SourceError', code });
  expect(error.message).toContain(repository.location.remote);
  expect(`${error.message}${error.action}`).not.toContain(TOKEN);
  host.misbehaviour = undefined;
  expect(await open()).toMatchObject({ state: 'open' });
});

it.each<[string, Answer]>([
  ['its rules', said(405, '405 Method Not Allowed')],
  ['a missing right', said(401, '401 Unauthorized')],
  ['a conflict', said(422, 'Branch cannot be merged')],
])('does not merge against %s, and says so', async (_, answer) => {
  const { id, headCommit } = await open();
  host.instead.push([/\/merge$/, answer]);
  const change = { branch: BRANCH, id, headCommit };
  const error = await failure(
    sourceFor(host).proposer.merge(repository.location, change, { signal }),
  );
  expect(error.code).toBe('failed');
});

it('lets no text be a command to the host', async () => {
  const { id } = await open();
  const [made] = repository.changes.all;
  expect(made.body).toContain('\n\\/merge\n');
  const change = { branch: BRANCH, id, comment: '/approve\nDone.' };
  await sourceFor(host).proposer.close(repository.location, change, { signal });
  expect(made.comments).toEqual(['\\/approve\nDone.']);
});

it('finds before anything is touched what stands in the way', async () => {
  const { project } = repository.settings;
  const codes = async () => {
    const { proposer } = sourceFor(host);
    const merge = true;
    const found = await proposer.check(repository.location, { signal, merge });
    return found.map(({ code }) => code);
  };
  project.archived = true;
  expect(await codes()).toEqual(['archived']);
  project.archived = false;
  const level = { access_level: 20, notification_level: 3 };
  project.permissions = { project_access: level, group_access: level };
  expect(await codes()).toEqual(['no-right']);
  project.permissions = { project_access: null, group_access: null } as never;
  expect(await codes()).toEqual(['no-right']);
  host.instead.push([/\/user$/, { status: 200, body: '{"is_admin":true}' }]);
  expect(await codes()).toEqual([]);
  project.merge_requests_access_level = 'disabled';
  expect(await codes()).toEqual(['no-requests']);
  expect(host.recorded.join()).not.toContain('POST');
});

it('puts together what pipelines and reviewers say', async () => {
  const { settings } = repository;
  await open();
  const find = async () => {
    const { proposer } = sourceFor(host);
    const found = await proposer.find(repository.location, BRANCH, { signal });
    return [found?.checks, found?.review];
  };
  expect(await find()).toEqual(['none', 'none']);
  settings.pipelines.push(
    { status: 'success', source: 'push' },
    { status: 'failed', source: 'push' },
    { status: 'manual', source: 'merge_request_event' },
  );
  settings.approvals.approved_by.push({});
  expect(await find()).toEqual(['pending', 'approved']);
  settings.pipelines[2].status = 'success';
  settings.reviewers.push({ state: 'requested_changes' });
  expect(await find()).toEqual(['passed', 'changes-requested']);
  settings.pipelines[2].status = 'canceled';
  expect((await find())[0]).toBe('failed');
  host.instead.push([/\/pipelines\?/, said(403, 'No')]);
  expect((await find())[0]).toBe('unknown');
});

it('asks people to review it, beside those who are asked already', async () => {
  const { id } = await open();
  repository.changes.all[0].reviewers.push('9');
  const ask = (...reviewers: string[]) =>
    sourceFor(host).proposer.requestReview(
      ...([repository.location, { branch: BRANCH, id, reviewers }] as const),
      { signal },
    );
  await ask('@ada');
  expect(repository.changes.all[0].reviewers).toEqual(['9', '3']);
  expect((await failure(ask('nobody'))).code).toBe('invalid');
});

it('refuses settings that the host does not have, before anything is touched', async () => {
  const { keeper } = sourceFor(host);
  for (const protection of [
    { deletions: true, reviews: 1 },
    { requiredChecks: ['ci / test'] },
  ]) {
    const settings = { protection: { protected: true, ...protection } };
    const applying = keeper.applySettings(repository.location, settings, {
      signal,
    });
    expect((await failure(applying)).code).toBe('invalid');
  }
  expect(host.recorded.join()).not.toMatch(/PUT|POST|PATCH/);
});
