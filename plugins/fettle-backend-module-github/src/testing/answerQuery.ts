import type { HostedRepository } from './HostedRepository';
import { runGit, tryGit } from 'backstage-plugin-fettle-node/testUtils';
import { runQuery, type Query } from './runQuery';

/** Answers a query about a repository from its Git data. */
export async function answerQuery(
  query: Query,
  find: (name: string) => HostedRepository | undefined,
): Promise<object> {
  return runQuery(query, {
    repository({ owner, name }: { owner: string; name: string }) {
      const found = find(`${owner}/${name}`);
      if (found) return repository(found);
      throw Object.assign(
        new Error('Could not resolve to a Repository with that name.'),
        { type: 'NOT_FOUND' },
      );
    },
  });
}

function repository({ folder, settings }: HostedRepository) {
  const git = (...args: string[]) => runGit(folder, args);
  const head = git('symbolic-ref', 'HEAD').trim().replace('refs/heads/', '');
  const branches = git('for-each-ref', '--format=%(refname)', 'refs/heads')
    .split('\n')
    .filter(Boolean)
    .map(name => name.replace('refs/heads/', ''));
  const branch = (name: string) => ({
    name,
    refUpdateRule: name === head ? settings.updateRule : null,
    target: commit(git('rev-parse', `refs/heads/${name}`).trim()),
    compare: ({ headRef }: { headRef: string }) => ({
      behindBy: Number(git('rev-list', '--count', `${headRef}..${name}`)),
    }),
  });
  const commit = (oid: string) => {
    const format = '--format=%cI%x00%an%x00%B';
    const [date, name, message] = git('show', '-s', format, oid).split('\0');
    return {
      ...{ __typename: 'Commit', oid, committedDate: date },
      message: message.trim(),
      author: { name },
      history: ({ since, first, after }: Record<string, any>) => {
        const emails = git('log', '--format=%ae', `--since=${since}`, oid);
        const all = emails.split('\n').filter(Boolean);
        return page(all, Number(after ?? 0), first, email => ({
          author: { email },
        }));
      },
    };
  };
  return {
    isArchived: settings.archived,
    defaultBranchRef: branches.includes(head) ? branch(head) : null,
    refs: ({ first, after }: Record<string, any>) =>
      page(branches, Number(after ?? 0), first, branch),
    pullRequests() {
      const opened = settings.pullRequests;
      if (opened) {
        return page(opened, 0, 1, createdAt => ({ createdAt }));
      }
      throw Object.assign(new Error('Resource not accessible by integration'), {
        type: 'FORBIDDEN',
      });
    },
    object({ oid, expression }: { oid?: string; expression?: string }) {
      const name = oid ?? git('rev-parse', expression ?? '').trim();
      const type = git('cat-file', '-t', name).trim();
      if (type === 'commit') return commit(name);
      return type === 'tree' ? tree(folder, name) : blob(folder, name);
    },
  };
}

function blob(folder: string, oid: string) {
  const bytes = tryGit(folder, ['cat-file', 'blob', oid])!;
  const isBinary = bytes.subarray(0, 8_000).includes(0);
  return {
    ...{ __typename: 'Blob', oid, isBinary },
    text: isBinary ? null : bytes.toString(),
  };
}

function tree(folder: string, oid: string) {
  const listed = tryGit(folder, ['ls-tree', '-z', oid])!;
  return {
    __typename: 'Tree',
    entries: listed
      .toString('latin1')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [about, name] = line.split('\t');
        const nameRaw = Buffer.from(name, 'latin1').toString('base64');
        return { nameRaw, oid: about.split(' ')[2] };
      }),
  };
}

function page<T, R>(
  all: readonly T[],
  start: number,
  size: number,
  toNode: (item: T) => R,
) {
  const end = start + size;
  return {
    totalCount: all.length,
    pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
    nodes: all.slice(start, end).map(toNode),
  };
}
