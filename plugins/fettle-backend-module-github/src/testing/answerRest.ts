import type { HostedRepository } from './HostedRepository';
import { runGit, tryGit } from 'backstage-plugin-fettle-node/testUtils';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const GONE = { status: 404, body: '{"message":"Not Found"}' };

/** Answers what is below `/repos/{owner}/{repo}` from the repository's Git data. */
export function answerRest(
  repository: HostedRepository,
  path: string,
  query: URLSearchParams,
  host: { url: string; truncateTreesOver: number },
): Answer {
  const { folder, settings } = repository;
  if (path === '') {
    const { archived, repository: own } = settings;
    const names = {
      full_name: repository.location.name,
      default_branch: repository.defaultBranch,
    };
    return json({ ...names, archived, ...own });
  }
  const [, kind, rest] =
    /^\/(git\/trees|git\/blobs|commits|compare|branches|rules\/branches|tarball)\/(.+)$/.exec(
      path,
    ) ?? [];
  const name = decodeURIComponent(rest ?? '');
  switch (kind) {
    case 'git/trees':
      return tree(folder, name, query.has('recursive'), host.truncateTreesOver);
    case 'git/blobs': {
      const content = tryGit(folder, ['cat-file', 'blob', name]);
      if (!content) return GONE;
      return json({ content: content.toString('base64'), encoding: 'base64' });
    }
    case 'commits':
      return commit(folder, name, query);
    case 'compare': {
      const [base, head] = name.split('...');
      if (!tryGit(folder, ['cat-file', '-e', base])) return GONE;
      const [from, to] = [base, head].map(one =>
        runGit(folder, ['rev-parse', one]).trim(),
      );
      const shared = runGit(folder, ['merge-base', base, head]).trim();
      const away = shared === to ? 'behind' : 'diverged';
      const near = from === to ? 'identical' : 'ahead';
      const commits = repository.requests.git.log(shared, to).reverse();
      return json({
        status: shared === from ? near : away,
        merge_base_commit: { sha: shared },
        commits: commits.map(({ id, ...told }) => ({ sha: id, commit: told })),
        files: diff(folder, [shared, head]).slice(0, 300),
      });
    }
    case 'branches':
      return json({ name, protected: settings.protected });
    case 'rules/branches':
      return settings.rules
        ? json(settings.rules)
        : { status: 403, body: '{"message":"Upgrade to see rules"}' };
    case 'tarball': {
      const place = `${host.url}/archives/${repository.location.name}/${name}`;
      return { status: 302, headers: { location: place } };
    }
    default:
      return GONE;
  }
}

/** The archive of a commit, as Git makes it. */
export function archive(folder: string, id: string): Buffer | null {
  const prefix = `--prefix=acme-${id.slice(0, 7)}/`;
  return tryGit(folder, ['archive', '--format=tar.gz', prefix, id]);
}

export function json(body: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(body) };
}

function tree(
  folder: string,
  name: string,
  recursive: boolean,
  most: number,
): Answer {
  const how = recursive ? ['-r', '-t'] : [];
  const listed = tryGit(folder, ['ls-tree', ...how, '-l', '-z', name]);
  if (!listed) return GONE;
  const entries = listed
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
      const known = type === 'blob' ? { size: Number(size) } : {};
      return { path: line.slice(tab + 1), mode, type, sha, ...known };
    });
  const truncated = recursive && entries.length > most;
  return json({
    sha: name,
    truncated,
    tree: truncated ? entries.slice(0, most) : entries,
  });
}

function commit(folder: string, id: string, query: URLSearchParams): Answer {
  if (!tryGit(folder, ['cat-file', '-e', id])) {
    return { status: 422, body: '{"message":"No commit found for SHA"}' };
  }
  const format = '--format=%cI%x00%an%x00%P%x00%B';
  const [date, name, parents, message] = runGit(folder, [
    ...['show', '-s', format, id],
  ]).split('\0');
  const size = Number(query.get('per_page'));
  const start = (Number(query.get('page')) - 1) * size;
  return json({
    sha: id,
    commit: { message: message.trim(), author: { name }, committer: { date } },
    parents: parents
      .split(' ')
      .filter(Boolean)
      .map(sha => ({ sha })),
    files: diff(folder, ['--root', id]).slice(start, start + size),
  });
}

function diff(folder: string, what: string[]) {
  const how = ['-r', '--name-only', '--no-commit-id', '--no-renames'];
  return runGit(folder, ['diff-tree', ...how, ...what])
    .split('\n')
    .filter(Boolean)
    .map(filename => ({ filename }));
}
