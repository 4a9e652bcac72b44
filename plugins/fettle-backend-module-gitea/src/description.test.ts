import type {
  GetTreeData,
  ListActionRunsData,
  OrgListReposData,
  RepoGetAllCommitsData,
  RepoGetSingleCommitData,
  RepoListBranchesData,
  RepoListCollaboratorsData,
  RepoListKeysData,
  RepoListPullRequestsData,
} from '@llamaduck/forgejo-ts';
import type { Client } from './api/GiteaApi';
import { json } from './testing/answers';
import { FakeHost } from './testing/FakeHost';
import { ForgejoActions } from './testing/ForgejoActions';
import { sourceFor } from './testing/sourceFor';

jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';
const OLD = '2025-01-01T12:00:00.000Z';

type Repos = Client['repos'];
/** The parameters that both descriptions have of an operation. */
type Described<
  Gitea extends (...parameters: any[]) => unknown,
  At extends number,
  Forgejo extends { query?: object },
> = readonly Extract<
  keyof NonNullable<Parameters<Gitea>[At]>,
  keyof NonNullable<Forgejo['query']>
>[];

// What is not described is a type error here, and what is not here is not asked.
const page = ['limit', 'page'] as const;
const brief = ['files', 'stat', 'verification'] as const;
const commits: Described<Repos['repoGetAllCommits'], 2, RepoGetAllCommitsData> =
  ['sha', 'not', ...brief, ...page];
const commit: Described<
  Repos['repoGetSingleCommit'],
  3,
  RepoGetSingleCommitData
> = brief;
const pulls: Described<
  Repos['repoListPullRequests'],
  2,
  RepoListPullRequestsData
> = ['limit', 'sort', 'state'];
const branches: Described<Repos['repoListBranches'], 2, RepoListBranchesData> =
  page;
const tree: Described<Repos['getTree'], 3, GetTreeData> = [
  ...(['recursive', 'page', 'per_page'] as const),
];
const repositories: Described<
  Client['orgs']['orgListRepos'],
  1,
  OrgListReposData
> = page;
const collaborators: Described<
  Repos['repoListCollaborators'],
  2,
  RepoListCollaboratorsData
> = page;
const keys: Described<Repos['repoListKeys'], 2, RepoListKeysData> = page;
// Too young for the client of Gitea.
const runs: readonly (keyof NonNullable<ListActionRunsData['query']>)[] = page;

const DESCRIBED: Record<string, readonly string[]> = {
  'GET /orgs/payments/repos': repositories,
  'GET /repos/{repo}': [],
  'GET /repos/{repo}/actions/jobs/170/logs': [],
  'GET /repos/{repo}/actions/runs': runs,
  'GET /repos/{repo}/actions/runs/17': [],
  'GET /repos/{repo}/actions/runs/17/jobs': [],
  'GET /repos/{repo}/archive/{sha}.tar.gz': [],
  'GET /repos/{repo}/branches': branches,
  'GET /repos/{repo}/branches/main': [],
  'GET /repos/{repo}/branch_protections/main': [],
  'GET /repos/{repo}/collaborators': collaborators,
  'GET /repos/{repo}/collaborators/ada/permission': [],
  'GET /repos/{repo}/commits': commits,
  'GET /repos/{repo}/git/blobs/{sha}': [],
  'GET /repos/{repo}/git/commits/{sha}': commit,
  'GET /repos/{repo}/git/trees/{sha}': tree,
  'GET /repos/{repo}/keys': keys,
  'GET /repos/{repo}/pulls': pulls,
  'POST /repos/{repo}/actions/runs/18/cancel': [],
};

it('asks only what the descriptions of Gitea and Forgejo have', async () => {
  const host = await FakeHost.start();
  try {
    host.actions = new ForgejoActions();
    const { source, pipelines } = sourceFor(host, {
      organizations: ['payments'],
    });
    const repository = host.create('payments/ledger');
    const { location, settings } = repository;
    settings.protection = {
      protected: true,
      effective_branch_protection_name: 'main',
    };
    const since = await repository.commit({ at: OLD, files: { a: 'a' } });
    await repository.commit({ branch: 'rests', at: OLD });
    await repository.commit({ at: AT, files: { b: 'b' } });
    const head = await repository.commit({ at: AT });

    await source.discover({ signal });
    await source.snapshot(location, { signal });
    await source.readCommit(location, head, { signal, since });
    const files = await source.readTree(location, head, { signal });
    await files.read(['a']);
    await files.findLines(['a']);
    const people = json([{ id: 3, login: 'ada' }]);
    host.instead.push([/\/collaborators\?/, people]);
    await source.readAccess(location, { signal });
    const run = { runId: '17', attempt: 1, pipelineId: 'ci.yaml' };
    await pipelines.listRuns(location, { signal, since: new Date(0) });
    await pipelines.readRun(location, run, { signal });
    await pipelines.readLog(location, run, '170', { signal, maxBytes: 9 });
    await pipelines.cancel(location, { ...run, runId: '18' }, { signal });

    const asked = new Map<string, Set<string>>();
    for (const each of host.recorded) {
      const [path, query] = each
        .replace('/repos/payments/ledger', '/repos/{repo}')
        .replace(/[0-9a-f]{40}/, '{sha}')
        .split('?');
      const names = asked.get(path) ?? new Set();
      new URLSearchParams(query).forEach((_, name) => names.add(name));
      asked.set(path, names);
    }
    expect(
      Object.fromEntries(
        [...asked].map(([key, all]) => [key, [...all].sort()]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(DESCRIBED).map(([key, all]) => [key, [...all].sort()]),
      ),
    );
  } finally {
    await host.stop();
  }
});
