import type {
  BranchSchema,
  CommitDiffSchema,
  CommitSchema,
  RepositoryCompareSchema,
  RepositoryTreeSchema,
} from '@gitbeaker/core';
import { runGit, tryGit } from 'backstage-plugin-fettle-node/testUtils';
import { GONE, json, pageOf, type Answer, type Paging } from './answers';
import type { HostedRepository } from './HostedRepository';

/** Answers what is below `/projects/:id/repository` from the repository's Git data. */
export function answerGit(
  repository: HostedRepository,
  path: string,
  paging: Paging,
): Answer {
  const { query } = paging;
  const { folder } = repository;
  const [, kind, rest = '', page] =
    /^\/([a-z]+)(?:\.tar\.gz)?(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(path) ?? [];
  const name = decodeURIComponent(rest);
  switch (kind) {
    case 'branches':
      return name
        ? one(branchesOf(repository).find(branch => branch.name === name))
        : pageOf(branchesOf(repository), paging);
    case 'commits':
      if (!name) return commits(repository, paging);
      if (!repository.has(`${name}^{commit}`)) return GONE;
      return page === 'diff'
        ? pageOf(diff(folder, `${name}^1`, name), paging)
        : json(commitOf(folder, name));
    case 'compare':
      return compare(repository, query);
    case 'tree':
      return tree(folder, paging);
    case 'blobs':
      return blob(folder, name);
    case 'archive':
      return archive(folder, query.get('sha') ?? '');
    default:
      return GONE;
  }
}

function one<T>(found: T | undefined): Answer {
  return found ? json(found) : GONE;
}

function branchesOf(repository: HostedRepository): Partial<BranchSchema>[] {
  const { folder, defaultBranch, settings } = repository;
  const list = (...how: string[]) =>
    (
      tryGit(folder, [
        ...['for-each-ref', '--format=%(refname:lstrip=2)', ...how],
        'refs/heads',
      ]) ?? ''
    )
      .toString()
      .split('\n')
      .filter(Boolean);
  const merged = repository.find(defaultBranch)
    ? list(`--merged=${defaultBranch}`)
    : [];
  return list().map(name => ({
    name,
    // As the host has it: the default branch is not merged into itself.
    merged: name !== defaultBranch && merged.includes(name),
    commit: commitOf(folder, repository.find(name)),
    ...(name === defaultBranch ? settings.branch : { protected: false }),
  }));
}

function commitOf(folder: string, id: string): CommitSchema {
  const format = '--format=%cI%x00%an%x00%ae%x00%ce%x00%P%x00%B';
  const [date, name, email, committer, parents, body] = runGit(folder, [
    ...['show', '-s', format, id],
  ]).split('\0');
  const message = body.trimEnd();
  return {
    ...{ id, short_id: id.slice(0, 8), message, created_at: date },
    // Cut, as the host does it.
    title: message.split('\n')[0].slice(0, 100),
    ...{ author_name: name, author_email: email, committed_date: date },
    committer_email: committer,
    parent_ids: parents.split(' ').filter(Boolean),
    web_url: 'https://gitlab.example.com/x',
  };
}

function commits(repository: HostedRepository, paging: Paging): Answer {
  const { query } = paging;
  const since = Date.parse(query.get('since') ?? '1970-01-01');
  const how = ['rev-list', `--since=${since / 1000}`, query.get('ref_name')!];
  const ids = tryGit(repository.folder, how);
  if (!ids) return GONE;
  const all = ids.toString().split('\n').filter(Boolean);
  const page = pageOf(all, paging);
  const shown: string[] = JSON.parse(String(page.body));
  const { body } = json(shown.map(id => commitOf(repository.folder, id)));
  // It does not count them.
  const { 'x-total': _, ...headers } = page.headers ?? {};
  return { ...page, body, headers };
}

function diff(folder: string, from: string, to: string) {
  const parent = tryGit(folder, ['rev-parse', '--verify', '-q', from]);
  const empty = runGit(folder, ['hash-object', '-t', 'tree', '/dev/null']);
  const before = (parent?.toString() ?? empty).trim();
  return runGit(folder, ['diff', '--name-status', '--no-renames', before, to])
    .split('\n')
    .filter(Boolean)
    .map((line): Partial<CommitDiffSchema> => {
      const path = line.slice(line.indexOf('\t') + 1);
      return { old_path: path, new_path: path, diff: '' };
    });
}

function compare(repository: HostedRepository, query: URLSearchParams): Answer {
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  if (!repository.has(`${from}^{commit}`)) return GONE;
  const answer: Pick<RepositoryCompareSchema, 'compare_timeout' | 'commits'> & {
    diffs: Partial<CommitDiffSchema>[];
  } = {
    compare_timeout: false,
    commits: repository.changes.git
      .log(from, to)
      .map(({ id }) => commitOf(repository.folder, id)),
    diffs: diff(repository.folder, from, to),
  };
  return json(answer);
}

function tree(folder: string, paging: Paging): Answer {
  const { query } = paging;
  const how = query.get('recursive') === 'true' ? ['-r', '-t'] : [];
  const ref = query.get('ref') ?? 'HEAD';
  const listed = tryGit(folder, ['ls-tree', ...how, '-z', ref]);
  if (!listed) return { status: 404, body: '{"message":"404 Tree Not Found"}' };
  const entries = listed
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line): RepositoryTreeSchema => {
      const tab = line.indexOf('\t');
      const [mode, type, id] = line.slice(0, tab).split(' ');
      const path = line.slice(tab + 1);
      return { id, type, path, mode, name: path.split('/').at(-1)! };
    });
  return pageOf(entries, paging);
}

function blob(folder: string, id: string): Answer {
  const body = tryGit(folder, ['cat-file', 'blob', id]);
  const headers = { 'content-type': 'application/octet-stream' };
  return body ? { status: 200, headers, body } : GONE;
}

function archive(folder: string, id: string): Answer {
  const how = ['--format=tar.gz', `--prefix=ledger-${id}-${id}/`];
  const body = tryGit(folder, ['archive', ...how, id]);
  const headers = { 'content-type': 'application/octet-stream' };
  return body ? { status: 200, headers, body } : GONE;
}
