import type { ChangeRequest } from 'backstage-plugin-fettle-node';
import type { Answer } from '../testing/answerRest';
import { FakeHost } from '../testing/FakeHost';
import type { Misbehaviour } from '../testing/FakeGithub';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor, TOKEN } from '../testing/sourceFor';

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
const check = (merge = false) =>
  sourceFor(host).proposer.check(repository.location, { signal, merge });
const failure = (doing: Promise<unknown>): Promise<any> =>
  doing.then(
    () => undefined,
    error => error,
  );

it.each<[string, Misbehaviour, string]>([
  ['a missing right', said(403, 'Resource not accessible'), 'unauthorized'],
  ['something gone', said(404, 'Not Found'), 'not-found'],
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

it.each<[string, RegExp, Answer, string]>([
  ['the tree', /git\/trees$/, said(422, 'tree.path is malformed'), 'invalid'],
  ['the branch', /git\/refs$/, said(422, 'Reference already exists'), 'moved'],
  ['the branch', /git\/refs$/, said(403, 'Resource protected'), 'unauthorized'],
  ['the request', /pulls$/, said(422, 'Validation Failed'), 'invalid'],
])('tells that %s is refused', async (_, pattern, answer, code) => {
  host.instead.push([pattern, answer]);
  expect((await failure(open())).code).toBe(code);
});

it.each<[string, Answer, string]>([
  ['its rules', said(405, 'At least 1 approving review is required'), 'failed'],
  ['another head', said(409, 'Head branch was modified'), 'moved'],
  ['a missing right', said(403, 'You may not merge'), 'failed'],
])('does not merge against %s, and says so', async (_, answer, code) => {
  const { id, headCommit } = await open();
  host.instead.push([/merge$/, answer]);
  const change = { branch: BRANCH, id, headCommit };
  const error = await failure(
    sourceFor(host).proposer.merge(repository.location, change, { signal }),
  );
  expect(error.code).toBe(code);
  expect(error.message).toContain(JSON.parse(String(answer.body)).message);
});

it('does not take the request of somebody else for its own', async () => {
  const { id } = await open();
  await repository.commit({ branch: 'theirs', at: '2026-05-20T12:00:00.000Z' });
  const theirs = repository.requests.open({
    ...{ branch: 'theirs', base: 'main', title: 'Mine', body: '' },
  })!;
  const { proposer } = sourceFor(host);
  const change = { branch: BRANCH, id: String(theirs.number), comment: 'No.' };
  for (const one of [change, { ...change, id: '../1' }]) {
    const closing = proposer.close(repository.location, one, { signal });
    expect((await failure(closing)).code).toBe('invalid');
  }
  expect(theirs.state).toBe('open');
  expect(id).not.toBe(change.id);
});

it('finds before anything is touched what stands in the way', async () => {
  const codes = async (merge?: boolean) =>
    (await check(merge)).map(({ code }) => code);
  const { settings } = repository;
  settings.archived = true;
  expect(await codes()).toEqual(['archived']);
  settings.archived = false;
  settings.repository.permissions = { push: false };
  expect(await codes()).toEqual(['no-right']);
  settings.repository.permissions = { push: true };
  settings.repository.allow_merge_commit = false;
  settings.repository.allow_squash_merge = false;
  expect(await codes(true)).toEqual(['no-merge-method']);
  expect(host.recorded.map(({ method }) => method)).not.toContain('POST');
});

it('puts together what check runs, statuses and reviewers say', async () => {
  const { settings } = repository;
  await open();
  const find = async () => {
    const { proposer } = sourceFor(host);
    const found = await proposer.find(repository.location, BRANCH, { signal });
    return [found?.checks, found?.review];
  };
  expect(await find()).toEqual(['none', 'none']);
  settings.checkRuns.push({ status: 'completed', conclusion: 'success' });
  settings.reviews.push({ state: 'CHANGES_REQUESTED', user: { id: 1 } });
  expect(await find()).toEqual(['passed', 'changes-requested']);
  settings.status = { state: 'pending', total_count: 1 };
  settings.reviews.push({ state: 'APPROVED', user: { id: 1 } });
  settings.reviews.push({ state: 'COMMENTED', user: { id: 1 } });
  expect(await find()).toEqual(['pending', 'approved']);
  settings.checkRuns.push({ status: 'completed', conclusion: 'timed_out' });
  expect(await find()).toEqual(['failed', 'approved']);
  settings.checkRuns.splice(0);
  host.instead.push([/check-runs/, said(403, 'No')]);
  settings.status = { state: 'success', total_count: 1 };
  expect((await find())[0]).toBe('unknown');
});

it('keeps of a protection what it does not change', async () => {
  const { settings, location } = repository;
  const enabled = (is: boolean) => ({ enabled: is });
  settings.protected = true;
  settings.protection = {
    required_status_checks: {
      ...{ strict: true, checks: [{ context: 'ci', app_id: 7 }] },
    },
    required_pull_request_reviews: {
      ...{ required_approving_review_count: 2, dismiss_stale_reviews: true },
      dismissal_restrictions: {
        users: [{ login: 'ada' }],
        teams: [],
        apps: [],
      },
    },
    restrictions: { users: [], teams: [{ slug: 'owners' }], apps: [] },
    ...{ enforce_admins: enabled(true), allow_deletions: enabled(false) },
    ...{ allow_force_pushes: enabled(true) },
    ...{ required_linear_history: enabled(true) },
    required_conversation_resolution: enabled(true),
  };
  const before = structuredClone(settings.protection);
  const { keeper } = sourceFor(host);
  const protection = { forcePushes: false };
  await keeper.applySettings(location, { protection }, { signal });
  const after = { ...before, allow_force_pushes: enabled(false) };
  expect(settings.protection).toMatchObject({
    ...after,
    required_pull_request_reviews: expect.objectContaining(
      before.required_pull_request_reviews,
    ),
  });
  host.instead.push([/protection$/, said(403, 'Must be an admin')]);
  const hidden = keeper.applySettings(location, { protection }, { signal });
  expect((await failure(hidden)).code).toBe('unauthorized');
});
