import type { FakeRequest } from 'backstage-plugin-fettle-node/testUtils';
import { BOT, GONE, json, type Answer } from './answers';
import type { HostedRepository } from './HostedRepository';

const AT = '2026-05-20T12:00:00.000Z';

type Body = Record<string, any>;
interface Asked {
  method: string;
  /** Below the project. */
  path: string;
  query: URLSearchParams;
  body: Body;
}

/** Answers what changes a project, and what is asked for that; undefined for all else. */
export function answerChanges(
  repository: HostedRepository,
  asked: Asked,
): Answer | undefined {
  const { method, path, query, body } = asked;
  const { settings, changes } = repository;
  const isOwn =
    /^\/merge_requests\/\d/.test(path) || query.has('source_branch');
  if (isOwn || (path === '/merge_requests' && method === 'POST')) {
    return answerRequests(repository, asked);
  }
  if (path.startsWith('/issues')) return answerIssues(repository, asked);
  if (path === '/repository/merge_base') {
    const refs = query.getAll('refs[]');
    if (!refs.every(ref => repository.has(`${ref}^{commit}`))) return GONE;
    return json({ id: changes.git.git('merge-base', ...refs) });
  }
  const [, file] = /^\/repository\/files\/([^/]+)$/.exec(path) ?? [];
  if (file) {
    const how = ['log', '-1', '--format=%H', query.get('ref')!, '--'];
    const id = changes.git.git(...how, decodeURIComponent(file));
    return json({ last_commit_id: id });
  }
  if (path === '/pipelines' && query.has('sha'))
    return json(settings.pipelines);
  if (method === 'GET') return undefined;
  if (path === '') return json(Object.assign(settings.project, body));
  if (path === '/repository/commits') return commit(repository, body);
  if (path.startsWith('/repository/branches')) {
    return answerBranches(repository, asked);
  }
  if (!path.startsWith('/protected_branches')) return undefined;
  settings.branch.protected = method !== 'DELETE';
  settings.rule =
    method === 'DELETE'
      ? null
      : { name: repository.defaultBranch, ...settings.rule, ...body };
  return json(settings.rule, method === 'POST' ? 201 : 200);
}

function answerBranches(
  repository: HostedRepository,
  { method, path, body }: Asked,
): Answer {
  const { git } = repository.changes;
  if (method === 'POST') {
    if (!repository.has(`${body.ref}^{commit}`)) {
      return refused(400, 'Invalid reference name');
    }
    git.setBranch(body.branch, body.ref);
    return json({ name: body.branch }, 201);
  }
  const name = decodeURIComponent(path.split('/')[3]);
  git.git('update-ref', '-d', `refs/heads/${name}`);
  return { status: 204 };
}

function commit(repository: HostedRepository, body: Body): Answer {
  const { git } = repository.changes;
  const head = repository.find(body.branch);
  if (head && body.start_sha) {
    return refused(400, `A branch called '${body.branch}' already exists.`);
  }
  if (!head && !body.start_sha) {
    return refused(400, 'You can only create or edit files on a branch');
  }
  const parent = head || body.start_sha;
  let tree = parent;
  for (const action of body.actions as Body[]) {
    const { file_path: path, content, encoding } = action;
    const listed = git.git('ls-tree', tree, '--', `:(literal)${path}`);
    const [mode, , id] = listed.split(/\s/);
    const isThere = listed !== '';
    if (isThere === (action.action === 'create')) {
      return refused(400, 'A file with this name already exists, or does not');
    }
    if (
      action.last_commit_id &&
      git.git('log', '-1', '--format=%H', parent, '--', path) !==
        action.last_commit_id
    ) {
      return refused(400, 'The file has changed since you started editing it');
    }
    const chmod = action.execute_filemode ? '100755' : '100644';
    const written = action.action === 'chmod' ? { id } : null;
    tree = git.edit(tree, [
      {
        path,
        mode: action.action === 'chmod' ? chmod : mode || '100644',
        to:
          action.action === 'delete'
            ? null
            : written ?? Buffer.from(content, encoding),
      },
    ]);
  }
  const id = git.commit({
    ...{ tree, parents: [parent], message: body.commit_message },
    author: { name: body.author_name, email: body.author_email },
    committer: { name: 'Bot', email: BOT },
  });
  git.setBranch(body.branch, id);
  return json({ id }, 201);
}

function answerRequests(
  { changes, settings, location }: HostedRepository,
  { method, path, query, body }: Asked,
): Answer {
  const [, number, what = ''] =
    /^\/merge_requests(?:\/(\d+)(\/.+)?)?$/.exec(path) ?? [];
  const describe = (request: FakeRequest) => {
    const person = request.endedBy ? { username: request.endedBy } : null;
    const isOpen = request.state === 'open';
    return {
      ...{ iid: request.number, source_branch: request.branch },
      ...{ source_project_id: 7, target_project_id: 7 },
      web_url: `${location.remote}/-/merge_requests/${request.number}`,
      ...{ state: isOpen ? 'opened' : request.state, title: request.title },
      ...{ description: request.body, target_branch: request.base },
      ...{ sha: request.head, diff_refs: { base_sha: request.from } },
      has_conflicts: isOpen && !changes.mergeable(request),
      ...{ detailed_merge_status: 'mergeable', created_at: AT },
      merge_commit_sha: request.mergeCommit ?? null,
      merge_user: request.state === 'merged' ? person : null,
      closed_by: request.state === 'closed' ? person : null,
      merged_at: request.state === 'merged' ? AT : null,
      closed_at: request.state === 'closed' ? AT : null,
      reviewers: request.reviewers.map(id => ({ id: Number(id) })),
    };
  };
  if (!number && method === 'POST') {
    const opened = changes.open({
      ...{ branch: body.source_branch, base: body.target_branch },
      ...{ title: body.title, body: body.description },
    });
    return opened
      ? json(describe(opened), 201)
      : refused(409, 'Another open merge request already exists');
  }
  if (!number) {
    const branch = query.get('source_branch')!;
    const found = changes.all.filter(one => one.branch === branch);
    const fork = { iid: 99, source_branch: branch };
    return json([
      // Somebody has a branch of that name in a fork.
      ...(settings.forked
        ? [{ ...fork, source_project_id: 8, target_project_id: 7 }]
        : []),
      ...found.reverse().map(describe),
    ]);
  }
  const request = changes.find(Number(number));
  if (!request) return GONE;
  switch (what) {
    case '/approvals':
      return json(settings.approvals);
    case '/reviewers':
      return json(settings.reviewers);
    case '/notes':
      request.comments.push(body.body);
      return json({ id: 1 }, 201);
    case '/merge': {
      if (body.sha !== request.head) return refused(409, 'SHA does not match');
      const by = { name: 'bot', message: body.merge_commit_message };
      return changes.merge(request, by)
        ? json(describe(request))
        : refused(422, 'Branch cannot be merged');
    }
    default:
      if (body.state_event === 'close') changes.close(request, 'bot');
      if (body.description) request.body = body.description;
      if (body.reviewer_ids) request.reviewers = body.reviewer_ids.map(String);
      return json(describe(request));
  }
}

function answerIssues(
  { settings }: HostedRepository,
  { method, path, body }: Asked,
): Answer {
  const { issues } = settings;
  const [, iid, what] = /^\/issues(?:\/(\d+)(\/notes)?)?$/.exec(path) ?? [];
  const labels = (given?: string) => given?.split(',').filter(Boolean) ?? [];
  if (!iid && method === 'POST') {
    const { title, description } = body;
    issues.push({
      ...{ title, description, labels: labels(body.labels), comments: [] },
      ...{ state: 'opened', iid: issues.length + 1 },
    });
    return json(issues.at(-1), 201);
  }
  if (!iid) return json([...issues].reverse());
  const issue = issues.find(one => one.iid === Number(iid));
  if (!issue) return GONE;
  if (what) {
    issue.comments.push(body.body);
    return json({ id: 1 }, 201);
  }
  if (body.state_event === 'close') issue.state = 'closed';
  issue.title = body.title ?? issue.title;
  issue.description = body.description ?? issue.description;
  issue.labels.push(...labels(body.add_labels));
  return json(issue);
}

function refused(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ message }) };
}
