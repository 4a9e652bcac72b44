import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import { GithubAlertSource } from '../alerts/GithubAlertSource';
import { GithubHosts } from '../api/GithubHosts';
import { listPages } from '../api/listPages';
import { toDeploymentReport } from '../deployments';
import { GithubPipelineSource } from '../pipelines/GithubPipelineSource';
import { deploymentsSchema } from '../pipelines/listDeployments';
import { FakeHost } from '../testing/FakeHost';
import { Prism } from '../testing/Prism';
import { sourceFor } from '../testing/sourceFor';
import { listTree } from '../trees/listTree';
import { keySchema, personSchema } from './readAccess';
import { readCommit } from './readCommit';
import { readProtection } from './readProtection';

// GitHub's description is 12 MB, and takes its time to be read.
jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';

let prism: Prism;
beforeAll(async () => {
  prism = await Prism.start();
});
afterAll(() => prism.stop());

it('asks for repositories only what the description of GitHub allows', async () => {
  const host = await FakeHost.start();
  try {
    const { source } = sourceFor(host, { organizations: ['payments'] });
    const repository = host.create('payments/ledger');
    const { location } = repository;
    await source.discover({ signal });
    const since = await repository.commit({ at: AT });
    const files = { a: 'a', latin: Buffer.from([0xe4]) };
    await repository.commit({ at: AT, files });
    const commit = await repository.commit({ at: AT });
    await source.snapshot(location, { signal });
    await source.readCommit(location, commit, { signal, since });
    await source.readAccess(location, { signal });
    host.truncateTreesOver = 1;
    const tree = await source.readTree(location, commit, { signal });
    await tree.read(['a', 'latin']);
    await tree.findLines(['x']);
    host.instead.push([/\/(orgs|trees)\//, { status: 404, body: '{}' }]);
    await source.discover({ signal });
    await source.readTree(location, commit, { signal }).catch(() => {});

    const operations = new Set(
      host.recorded.map(({ path }) =>
        path
          .replace(/\?.*/, '')
          .replace(/[0-9a-f]{40}/g, '{sha}')
          .replace('/repos/payments/ledger', ''),
      ),
    );
    expect([...operations].sort()).toEqual([
      '',
      '/branches/main',
      '/collaborators',
      '/commits/{sha}',
      '/compare/{sha}...{sha}',
      '/git/blobs/{sha}',
      '/git/trees/{sha}',
      '/keys',
      '/orgs/payments/repos',
      '/rules/branches/main',
      '/tarball/{sha}',
      '/users/payments/repos',
    ]);
    await prism.check(host.recorded);
  } finally {
    await host.stop();
  }
});

it('changes repositories only as the description of GitHub allows', async () => {
  const host = await FakeHost.start();
  try {
    const { proposer, keeper, tracker } = sourceFor(host);
    const repository = host.create('payments/ledger');
    const { location } = repository;
    const baseCommit = await repository.commit({
      ...{ at: AT, files: { a: 'a', b: Buffer.from([0xff]) } },
    });
    const branch = 'fettle/tidy/0123456789ab';
    const request = {
      ...{ branch, base: 'main', baseCommit, title: 'Tidy', body: 'So.' },
      marker: 'fettle-plan: 0123456789abcdef',
    };
    const edits = [
      { path: 'a', content: null },
      { path: 'c', content: '' },
      { path: 'd', content: 'd', executable: true },
    ];
    await proposer.check(location, { signal, merge: true });
    await proposer.open(location, { ...request, files: edits }, { signal });
    const files = [{ path: 'e', content: 'e' }];
    const open = await proposer.open(
      ...([location, { ...request, files }, { signal }] as const),
    );
    const reviewers = ['ada', '@payments/owners'];
    const change = { branch, id: open.id, headCommit: open.headCommit };
    await proposer.requestReview(
      ...([location, { ...change, reviewers }, { signal }] as const),
    );
    await proposer.merge(location, change, { signal });
    const other = { ...request, branch: 'fettle/tidy/2', files: edits };
    const { id } = await proposer.open(location, other, { signal });
    await proposer.close(
      ...([location, { branch: other.branch, id, comment: 'No.' }] as const),
      { signal },
    );
    const kept = { name: 'kept', commit: baseCommit };
    await keeper.restoreBranch(location, kept, { signal });
    await keeper.deleteBranch(location, kept, { signal });
    const protection = { protected: true, reviews: 1, requiredChecks: ['ci'] };
    const settings = { protection, topics: ['a'], wiki: false };
    await keeper.applySettings(location, settings, { signal });
    await keeper.readSettings(location, { signal });
    await keeper.applySettings(
      ...([location, { protection: { protected: false } }] as const),
      { signal },
    );
    const issue = { marker: 'm: 1', title: 'Broken', body: 'It is.' };
    await tracker.check(location, { signal });
    await tracker.open(location, issue, { signal });
    await tracker.open(location, { ...issue, labels: ['x'] }, { signal });
    await tracker.close(
      location,
      { marker: 'm: 1', comment: 'Done.' },
      { signal },
    );
    const written = host.recorded.filter(({ method }) => method !== 'GET');
    expect(
      [
        ...new Set(
          written.map(({ method, path }) =>
            `${method} ${path.replace('/repos/payments/ledger', '')}`
              .replace(/\/\d+/, '/n')
              .replace(/heads.+/, 'heads'),
          ),
        ),
      ].sort(),
    ).toEqual([
      'DELETE /branches/main/protection',
      'DELETE /git/refs/heads',
      'PATCH ',
      'PATCH /git/refs/heads',
      'PATCH /issues/n',
      'PATCH /pulls/n',
      'POST /git/blobs',
      'POST /git/commits',
      'POST /git/refs',
      'POST /git/trees',
      'POST /issues',
      'POST /issues/n/comments',
      'POST /pulls',
      'POST /pulls/n/requested_reviewers',
      'PUT /branches/main/protection',
      'PUT /pulls/n/merge',
      'PUT /topics',
    ]);
    await prism.check(host.recorded);
  } finally {
    await host.stop();
  }
});

describe('the answers that the description of GitHub gives as examples', () => {
  const location: RepositoryLocation = {
    remote: 'https://github.example.com/octocat/hello-world',
    ...{ name: 'octocat/hello-world', host: 'github.example.com' },
  };
  const commit = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
  const hosts = () => {
    const { api } = sourceFor({
      ...{ name: location.host, apiBaseUrl: prism.url },
    });
    return new GithubHosts(new Map([[location.host, api]]));
  };

  it('are read as trees, commits and protection', async () => {
    const rows = await listTree(hosts(), location, commit, { signal });
    expect(rows.length).toBeGreaterThan(0);
    const read = await readCommit(hosts(), location, commit, {
      ...{ signal, since: commit },
    });
    expect(read).toMatchObject({
      subject: 'Fix all the bugs',
      committedAt: expect.stringMatching(/Z$/),
      paths: ['file1.txt'],
    });
    const protection = await readProtection(hosts(), location, {
      ...{ branch: 'main', rule: undefined, signal },
    });
    // Its rules are about the words of commits, which protects no branch.
    expect(protection).toEqual({ protected: false });
  });

  it('are read as people and keys', async () => {
    // Whatever is asked for, the examples lead to one more page.
    const read = <S extends z.ZodType>(route: string, schema: S) =>
      listPages(hosts(), location, {
        ...{ route, schema, signal, parameters: {}, mostPages: 1 },
      });
    const keys = await read('GET /repos/{owner}/{repo}/keys', keySchema);
    expect(keys.items).toEqual([
      { id: 1, title: 'octocat@octomac', read_only: true },
    ]);
    const people = await read(
      'GET /repos/{owner}/{repo}/collaborators',
      personSchema,
    );
    expect(people.items).toEqual([
      {
        ...{ id: 1, login: 'octocat' },
        permissions: { admin: false, maintain: false },
      },
    ]);
  });

  it('are read as runs and jobs', async () => {
    const source = new GithubPipelineSource(hosts());
    const { runs } = await source.listRuns(location, {
      ...{ signal, since: new Date(0) },
    });
    expect(runs.length).toBeGreaterThan(0);
    const ref = { runId: '30433642', attempt: 1, pipelineId: '1' };
    const run = await source.readRun(location, ref, { signal });
    expect(run.runId).toBe('30433642');
    expect(run.jobs?.length).toBeGreaterThan(0);
    expect(run.jobs?.[0].steps?.length).toBeGreaterThan(0);
  });

  it('are read as alerts', async () => {
    const source = new GithubAlertSource(hosts(), new Set([location.host]));
    const readings = await source.listAlerts(location, { signal });
    expect(readings.map(({ tool }) => tool)).toEqual([
      ...['Dependabot', 'Code scanning', 'Secret scanning'],
    ]);
    const findings = readings.flatMap(reading =>
      'findings' in reading ? reading.findings : [],
    );
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ kind: 'vulnerability', path: 'path/to/requirements.txt' },
          rule: expect.stringMatching(/^CVE-/),
        }),
        expect.objectContaining({ kind: 'vulnerability', line: 917 }),
      ]),
    );
    // Its secrets were resolved, which is no way for them to be gone.
    expect(readings[2]).toMatchObject({
      findings: [],
      closed: expect.arrayContaining(['secret-scanning:2']),
    });
  });

  it('are read as deployments', async () => {
    const found = await hosts().read(location, {
      route: 'GET /repos/{owner}/{repo}/deployments',
      ...{ schema: deploymentsSchema, signal },
    });
    const { remote } = location;
    expect(toDeploymentReport(found[0], { remote })).toMatchObject({
      ...{ environment: 'production', state: 'pending', production: true },
      createdAt: expect.stringMatching(/Z$/),
    });
  });

  it('are read as repositories of an organization', async () => {
    const { source } = sourceFor(
      { name: location.host, apiBaseUrl: prism.url },
      { organizations: ['octocat'] },
    );
    const { repositories, problems } = await source.discover({ signal });
    expect(problems).toEqual([]);
    expect(repositories.length).toBeGreaterThan(0);
  });
});
