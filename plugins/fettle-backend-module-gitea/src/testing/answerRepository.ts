import type {
  Branch,
  Commit,
  GitBlobResponse,
  GitTreeResponse,
  PullRequest,
  Repository,
} from 'gitea-js';
import { GONE, json, pageOf, type Answer } from './answers';
import type { HostedRepository } from './HostedRepository';
import { runGit, tryGit } from 'backstage-plugin-fettle-node/testUtils';

/** What of the host matters to the answers. */
export interface Limits {
  /** Entries of one page of a tree. */
  treePage: number;
  /** Items of one page of a list. */
  page: number;
  /** Bytes of a blob. */
  blob: number;
}

/** Answers what is below `/repos/{owner}/{repo}` from the repository's Git data. */
export function answerRepository(
  repository: HostedRepository,
  path: string,
  query: URLSearchParams,
  limits: Limits,
): Answer {
  const { folder, settings } = repository;
  if (path === '') return json(describe(repository));
  const [, kind, rest = ''] =
    /^\/(git\/trees|git\/blobs|git\/commits|commits|branches|branch_protections|archive|pulls)(?:\/(.+))?$/.exec(
      path,
    ) ?? [];
  const name = decodeURIComponent(rest);
  switch (kind) {
    case 'git/trees':
      return tree(folder, name, query, limits.treePage);
    case 'git/blobs':
      return blob(folder, name, limits.blob);
    case 'git/commits':
      return repository.has(`${name}^{commit}`)
        ? json(commit(folder, name, query))
        : GONE;
    case 'commits':
      return commits(repository, query, limits.page);
    case 'branches':
      return name
        ? branch(repository, name)
        : pageOf(branches(repository), query, limits.page);
    case 'branch_protections':
      return settings.rule?.rule_name === name
        ? json(settings.rule)
        : { status: 403, body: '{"message":"must be an admin"}' };
    case 'archive':
      return archive(folder, name.replace(/\.tar\.gz$/, ''));
    case 'pulls':
      return pulls(settings.pullRequests, query);
    default:
      return GONE;
  }
}

function describe(repository: HostedRepository): Repository {
  const { location, settings, defaultBranch } = repository;
  return {
    ...{ id: 7, full_name: location.name, html_url: location.webUrl },
    default_branch: defaultBranch,
    empty: branches(repository).length === 0,
    archived: settings.archived,
    ...{ has_pull_requests: true, has_actions: true, ...settings.own },
  };
}

function branches(repository: HostedRepository): Branch[] {
  const format = '--format=%(refname:lstrip=2)%00%(objectname)%00%(authordate)';
  return runGit(repository.folder, ['for-each-ref', format, 'refs/heads'])
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [name, id, date] = line.split('\0');
      const own = name === repository.defaultBranch;
      return {
        ...{ name, commit: { id, timestamp: new Date(date).toISOString() } },
        ...(own ? repository.settings.protection : { protected: false }),
      };
    });
}

function branch(repository: HostedRepository, name: string): Answer {
  const found = branches(repository).find(one => one.name === name);
  return found ? json(found) : GONE;
}

function pulls(opened: string[] | null, query: URLSearchParams): Answer {
  if (!opened) return { status: 403, body: '{"message":"no"}' };
  const all = opened.map((at): PullRequest => ({ created_at: at }));
  return pageOf(query.get('sort') === 'oldest' ? all : all.reverse(), query);
}

function tree(
  folder: string,
  name: string,
  query: URLSearchParams,
  most: number,
): Answer {
  const how = query.get('recursive') === 'true' ? ['-r', '-t'] : [];
  const listed = tryGit(folder, ['ls-tree', ...how, '-l', '-z', name]);
  // What is no tree is a bad request to it.
  if (!listed) return { status: 400, body: '{"message":"sha not found"}' };
  const entries = listed
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
      const path = line.slice(tab + 1);
      return { path, mode, type, sha, size: Number(size) || 0 };
    });
  const page = Number(query.get('page') ?? 1);
  const size = Math.min(most, Number(query.get('per_page') ?? most));
  const end = page * size;
  const answer: GitTreeResponse = {
    ...{ sha: name, page, total_count: entries.length },
    truncated: end < entries.length,
    tree: entries.slice(end - size, end),
  };
  return json(answer);
}

function blob(folder: string, id: string, most: number): Answer {
  const content = tryGit(folder, ['cat-file', 'blob', id]);
  if (!content) return GONE;
  const size = content.length;
  const whole = { content: content.toString('base64'), encoding: 'base64' };
  const answer: GitBlobResponse = {
    ...{ sha: id, size },
    ...(size > most ? {} : whole),
  };
  return json(answer);
}

function commits(
  repository: HostedRepository,
  query: URLSearchParams,
  most: number,
): Answer {
  const { folder } = repository;
  const from = query.get('sha') || repository.defaultBranch;
  const not = query.get('not');
  const without = not ? ['--not', not] : [];
  const ids = tryGit(folder, ['rev-list', from, ...without]);
  if (!ids) return { status: 500, body: '{"message":"bad object"}' };
  const all = ids.toString().split('\n').filter(Boolean);
  const page = pageOf(all, query, most);
  const shown: string[] = JSON.parse(String(page.body));
  const { body } = json(shown.map(id => commit(folder, id, query)));
  return { ...page, body };
}

function commit(folder: string, id: string, query: URLSearchParams): Commit {
  const format = '--format=%cI%x00%aI%x00%an%x00%ae%x00%ce%x00%P%x00%B';
  const [date, written, name, email, by, parents, message] = runGit(folder, [
    ...['show', '-s', format, id],
  ]).split('\0');
  const how = ['-r', '-m', '--first-parent', '--name-only', '--no-commit-id'];
  const files = () =>
    runGit(folder, ['diff-tree', ...how, '--no-renames', '--root', id])
      .split('\n')
      .filter(Boolean)
      .map(filename => ({ filename, status: 'modified' }));
  return {
    sha: id,
    commit: {
      message: message.trim(),
      author: { name, email, date: written },
      committer: { name, email: by, date },
    },
    parents: parents
      .split(' ')
      .filter(Boolean)
      .map(sha => ({ sha })),
    ...(query.get('files') === 'false' ? {} : { files: files() }),
  };
}

function archive(folder: string, id: string): Answer {
  const how = ['--format=tar.gz', '--prefix=ledger/'];
  const body = tryGit(folder, ['archive', ...how, id]);
  const headers = { 'content-type': 'application/gzip' };
  return body ? { status: 200, headers, body } : GONE;
}
