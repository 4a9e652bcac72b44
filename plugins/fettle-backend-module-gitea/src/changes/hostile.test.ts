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
    ...{ branch: BRANCH, base: 'main', baseCommit, title: 'Tidy', body: '' },
    ...{ marker: '0123456789abcdef', files: [{ path: 'a', content: 'b' }] },
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
  ['a missing right', said(403, 'no'), 'unauthorized'],
  ['something gone', said(404, 'not found'), 'not-found'],
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
  ['its rules', said(405, 'Does not have enough approvals')],
  ['a missing right', said(403, 'User not allowed to merge')],
  ['a conflict', said(409, 'merge conflict')],
  ['an archive', said(423, 'repository is archived')],
])('does not merge against %s, and says so', async (_, answer) => {
  const { id, headCommit } = await open();
  host.instead.push([/\/merge$/, answer]);
  const change = { branch: BRANCH, id, headCommit };
  const error = await failure(
    sourceFor(host).proposer.merge(repository.location, change, { signal }),
  );
  expect(error.code).toBe('failed');
});

it('finds before anything is touched what stands in the way', async () => {
  const { settings } = repository;
  const codes = async () => {
    const { proposer } = sourceFor(host);
    const merge = true;
    const found = await proposer.check(repository.location, { signal, merge });
    return found.map(({ code }) => code);
  };
  settings.archived = true;
  expect(await codes()).toEqual(['archived']);
  settings.archived = false;
  settings.own.permissions = { push: false };
  expect(await codes()).toEqual(['no-right']);
  settings.own.permissions = { push: true };
  settings.own.has_pull_requests = false;
  settings.own.allow_merge_commits = false;
  settings.own.allow_squash_merge = false;
  expect(await codes()).toEqual(['no-requests', 'no-merge-method']);
  expect(host.recorded.join()).not.toContain('POST');
});

it('puts together what statuses and reviewers say', async () => {
  const { settings } = repository;
  await open();
  const find = async () => {
    const { proposer } = sourceFor(host);
    const found = await proposer.find(repository.location, BRANCH, { signal });
    return [found?.checks, found?.review];
  };
  expect(await find()).toEqual(['none', 'none']);
  settings.status = { state: 'pending', total_count: 2 };
  const user = { id: 1 };
  settings.reviews.push({ state: 'APPROVED', dismissed: false, user });
  expect(await find()).toEqual(['pending', 'approved']);
  settings.status.state = 'success';
  settings.reviews.push({ state: 'REQUEST_CHANGES', dismissed: false, user });
  expect(await find()).toEqual(['passed', 'changes-requested']);
  settings.status.state = 'failure';
  settings.reviews[1].dismissed = true;
  expect(await find()).toEqual(['failed', 'none']);
  host.instead.push([/\/status$/, said(403, 'No')]);
  expect((await find())[0]).toBe('unknown');
});

it('says that Forgejo lets nobody push by force to a protected branch', async () => {
  repository.settings.forgejo = true;
  const { keeper } = sourceFor(host);
  const apply = (forcePushes: boolean) =>
    keeper.applySettings(
      repository.location,
      { protection: { protected: true, forcePushes } },
      { signal },
    );
  await apply(false);
  expect((await failure(apply(true))).code).toBe('invalid');
});
