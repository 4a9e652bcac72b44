import type { FakeRequest } from 'backstage-plugin-fettle-node/testUtils';
import { json, type Answer } from './answerRest';
import type { HostedRepository } from './HostedRepository';

const GONE: Answer = { status: 404, body: '{"message":"Not Found"}' };
const AT = '2026-05-20T12:00:00Z';
const FETTLE = 'fettle[bot]';

type Body = Record<string, any>;

/** Answers what changes a repository, and what is asked for that; undefined for all else. */
export function answerChanges(
  repository: HostedRepository,
  asked: { method: string; path: string; query: URLSearchParams; body: Body },
): Answer | undefined {
  const { method, path, body } = asked;
  if (path.startsWith('/git/')) return answerGit(repository, asked);
  if (path.startsWith('/pulls')) return answerPulls(repository, asked);
  if (path.startsWith('/issues')) return answerIssues(repository, asked);
  const { settings } = repository;
  if (path.endsWith('/protection')) {
    if (method === 'PUT') settings.protection = protectionOf(body);
    if (method === 'DELETE') settings.protection = null;
    settings.protected = settings.protection !== null;
    return settings.protection
      ? json(settings.protection)
      : refused(method === 'GET' ? 404 : 204, 'Branch not protected');
  }
  if (path === '' && method === 'PATCH') {
    return json(Object.assign(settings.repository, body));
  }
  if (path === '/topics') {
    settings.repository.topics = body.names;
    return json({ names: body.names });
  }
  if (path.endsWith('/check-runs')) {
    const runs = settings.checkRuns;
    return json({ total_count: runs.length, check_runs: runs });
  }
  return path.endsWith('/status') ? json(settings.status) : undefined;
}

function answerGit(
  repository: HostedRepository,
  { method, path, body }: { method: string; path: string; body: Body },
): Answer | undefined {
  const { requests } = repository;
  const { git } = requests;
  const [, branch] =
    /^\/git\/refs?\/heads\/(.+)$/.exec(decodeURIComponent(path)) ?? [];
  if (branch) {
    const name = branch;
    const is = repository.find(name);
    if (!is)
      return method === 'GET' ? GONE : refused(422, 'Reference does not exist');
    if (method === 'DELETE') {
      git.git('update-ref', '-d', `refs/heads/${name}`);
      return { status: 204 };
    }
    if (method === 'PATCH') {
      if (body.force !== false || !git.contains(body.sha, is)) {
        return refused(422, 'Update is not a fast forward');
      }
      git.setBranch(name, body.sha);
    }
    return json({ ref: path, object: { sha: repository.find(name) } });
  }
  switch (`${method} ${path}`) {
    case 'POST /git/refs': {
      const name = body.ref.replace('refs/heads/', '');
      if (repository.find(name))
        return refused(422, 'Reference already exists');
      if (!repository.has(body.sha))
        return refused(422, 'Object does not exist');
      git.setBranch(name, body.sha);
      return json({ ref: body.ref, object: { sha: body.sha } }, 201);
    }
    case 'POST /git/blobs':
      return json(
        { sha: git.blob(Buffer.from(body.content, body.encoding)) },
        201,
      );
    case 'POST /git/trees': {
      const changes = body.tree.map(
        ({ path: file, mode, sha, content }: Body) => {
          const written = sha ? { id: sha } : Buffer.from(content ?? '');
          return { path: file, mode, to: sha === null ? null : written };
        },
      );
      return json({ sha: git.edit(body.base_tree, changes) }, 201);
    }
    case 'POST /git/commits':
      return json(
        { sha: git.commit(body as Parameters<typeof git.commit>[0]) },
        201,
      );
    default: {
      const [, commit] = /^\/git\/commits\/(\w+)$/.exec(path) ?? [];
      if (!commit || !repository.has(commit)) return commit ? GONE : undefined;
      const { message } = repository.read(commit);
      const tree = git.git('rev-parse', `${commit}^{tree}`);
      return json({ sha: commit, message, tree: { sha: tree } });
    }
  }
}

function answerPulls(
  { requests, settings, location }: HostedRepository,
  asked: { method: string; path: string; query: URLSearchParams; body: Body },
): Answer {
  const { method, path, query, body } = asked;
  const [, number, what = ''] = /^\/pulls(?:\/(\d+)(\/.+)?)?$/.exec(path) ?? [];
  const describe = (request: FakeRequest) => ({
    ...{
      number: request.number,
      html_url: `${location.remote}/pull/${request.number}`,
    },
    ...{
      state: request.state === 'open' ? 'open' : 'closed',
      title: request.title,
    },
    ...{ body: request.body, merged: request.state === 'merged' },
    mergeable: request.state === 'open' ? requests.mergeable(request) : null,
    merge_commit_sha: request.mergeCommit ?? null,
    merged_by: request.mergeCommit ? { login: request.endedBy } : null,
    head: { ref: request.branch, sha: request.head, repo: { id: 7 } },
    base: { ref: request.base, sha: request.from, repo: { id: 7 } },
    created_at: AT,
    closed_at: request.state === 'open' ? null : AT,
  });
  if (!number && method === 'POST') {
    const { head: branch, base, title, body: text } = body;
    const opened = requests.open({ branch, base, title, body: text });
    return opened
      ? json(describe(opened), 201)
      : refused(422, 'Validation Failed: a pull request already exists');
  }
  if (!number) {
    const [, branch] = /^[^:]+:(.+)$/.exec(query.get('head') ?? '') ?? [];
    const found = requests.all.filter(one => one.branch === branch);
    const fork = { head: { ref: branch, sha: 'f', repo: { id: 8 } } };
    return json([
      // Somebody has a branch of that name in a fork.
      ...(settings.forked
        ? [
            {
              number: 99,
              ...fork,
              base: { ref: 'main', sha: 'f', repo: { id: 7 } },
            },
          ]
        : []),
      ...found.reverse().map(describe),
    ]);
  }
  const request = requests.find(Number(number));
  if (!request) return GONE;
  if (what === '/reviews') return json(settings.reviews);
  if (what === '/requested_reviewers') {
    request.reviewers.push(...body.reviewers, ...body.team_reviewers);
  } else if (what === '/merge') {
    if (settings.refusesMerges) return refused(405, settings.refusesMerges);
    if (body.sha !== request.head)
      return refused(409, 'Head branch was modified');
    const message = `${body.commit_title}\n\n${body.commit_message}`;
    return requests.merge(request, { name: FETTLE, message })
      ? json({ sha: request.mergeCommit, merged: true })
      : refused(405, 'Pull Request is not mergeable');
  } else if (method === 'PATCH') {
    if (body.state === 'closed') requests.close(request, FETTLE);
    request.body = body.body;
  }
  return json(describe(request));
}

function answerIssues(
  { requests, settings, location }: HostedRepository,
  { method, path, body }: { method: string; path: string; body: Body },
): Answer {
  const { issues } = settings;
  const [, number, what] =
    /^\/issues(?:\/(\d+)(\/comments)?)?$/.exec(path) ?? [];
  const describe = (issue: (typeof issues)[number]) => ({
    ...{ ...issue, labels: issue.labels.map(name => ({ name })) },
    html_url: `${location.remote}/issues/${issue.number}`,
  });
  if (!number && method === 'POST') {
    const { title, body: text, labels } = body;
    const issue = {
      title,
      body: text,
      labels,
      state: 'open' as const,
      comments: [],
    };
    issues.push({ ...issue, number: 1000 + issues.length });
    return json(describe(issues.at(-1)!), 201);
  }
  if (!number) return json(issues.map(describe).reverse());
  const issue = issues.find(one => one.number === Number(number));
  const request = requests.find(Number(number));
  if (what) {
    (issue ?? request)!.comments.push(body.body);
    return json({ id: 1 }, 201);
  }
  if (request) return json({ closed_by: { login: request.endedBy } });
  if (!issue) return GONE;
  if (method === 'PATCH') Object.assign(issue, body);
  return json(describe(issue));
}

/** As it is told, from what it was set to. */
function protectionOf(body: Body): Body {
  const { required_status_checks: checks, restrictions } = body;
  const names = (all: Body | null | undefined) =>
    all && {
      users: all.users.map((login: string) => ({ login })),
      teams: all.teams.map((slug: string) => ({ slug })),
      apps: all.apps.map((slug: string) => ({ slug })),
    };
  const reviews = body.required_pull_request_reviews;
  const on = (key: string) => ({ [key]: { enabled: body[key] } });
  return {
    ...(checks ? { required_status_checks: checks } : {}),
    ...(reviews
      ? {
          required_pull_request_reviews: {
            ...reviews,
            dismissal_restrictions: names(reviews.dismissal_restrictions),
          },
        }
      : {}),
    ...(restrictions ? { restrictions: names(restrictions) } : {}),
    ...on('enforce_admins'),
    ...on('required_linear_history'),
    ...on('allow_force_pushes'),
    ...on('allow_deletions'),
    ...on('required_conversation_resolution'),
  };
}

function refused(status: number, message: string): Answer {
  return status === 204
    ? { status }
    : { status, body: JSON.stringify({ message }) };
}
