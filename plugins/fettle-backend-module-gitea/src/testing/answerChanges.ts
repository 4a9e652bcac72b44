import {
  runGit,
  type FakeRequest,
} from 'backstage-plugin-fettle-node/testUtils';
import type {
  Branch,
  BranchProtection,
  ChangeFilesOptions,
  Issue,
  PullRequest,
} from 'gitea-js';
import { cut, GONE, json, type Answer } from './answers';
import type { HostedRepository } from './HostedRepository';

const AT = '2026-05-20T12:00:00Z';

type Body = Record<string, any>;
interface Asked {
  method: string;
  /** Below the repository. */
  path: string;
  query: URLSearchParams;
  body: Body;
}

/** Answers what changes a repository, and what is asked for that; undefined for all else. */
export function answerChanges(
  repository: HostedRepository,
  asked: Asked,
): Answer | undefined {
  const { method, path, query, body } = asked;
  const { settings, changes } = repository;
  if (/^\/pulls(\/|$)/.test(path) && (query.has('page') || path !== '/pulls')) {
    return answerPulls(repository, asked);
  }
  if (path === '/pulls' && method === 'POST') {
    return answerPulls(repository, asked);
  }
  if (/^\/(issues|labels)/.test(path)) return answerIssues(repository, asked);
  if (path === '/topics') {
    settings.topics = body.topics ?? settings.topics;
    return method === 'PUT'
      ? { status: 204 }
      : json({ topics: settings.topics });
  }
  if (path.endsWith('/status')) return json(settings.status);
  if (method === 'GET') return undefined;
  if (path === '') return json(Object.assign(settings.own, body));
  if (path === '/contents')
    return write(repository, body as ChangeFilesOptions);
  if (path === '/diffpatch') return patch(repository, body);
  if (path === '/branches') {
    const { new_branch_name: name, old_ref_name: from } = body;
    if (repository.find(name))
      return refused(409, 'The branch already exists.');
    if (!repository.has(`${from}^{commit}`)) return GONE;
    changes.git.setBranch(name, from);
    return json({ name }, 201);
  }
  if (path.startsWith('/branches/')) {
    const name = decodeURIComponent(path.slice('/branches/'.length));
    changes.git.git('update-ref', '-d', `refs/heads/${name}`);
    return { status: 204 };
  }
  return path.startsWith('/branch_protections')
    ? protect(settings, method, body)
    : undefined;
}

function protect(
  settings: HostedRepository['settings'],
  method: string,
  body: BranchProtection,
): Answer {
  if (method === 'DELETE') {
    settings.rule = null;
    settings.protection = { protected: false };
    return { status: 204 };
  }
  settings.rule = {
    ...{ rule_name: 'main', enable_force_push: false },
    ...{ ...settings.rule, ...body },
  };
  // Forgejo has no such setting.
  if (settings.forgejo) delete settings.rule.enable_force_push;
  const { rule } = settings;
  settings.protection = {
    ...{ protected: true, effective_branch_protection_name: rule.rule_name },
    required_approvals: rule.required_approvals ?? 0,
    enable_status_check: rule.enable_status_check ?? false,
    status_check_contexts: rule.status_check_contexts ?? [],
  } satisfies Partial<Branch>;
  return json(rule, method === 'POST' ? 201 : 200);
}

function write(
  repository: HostedRepository,
  { branch = '', files, message = '', author }: ChangeFilesOptions,
): Answer {
  const { git } = repository.changes;
  const head = repository.find(branch);
  if (!head) return GONE;
  const changes = [];
  for (const { operation, path, content = '', sha } of files) {
    const [mode, , id] = git
      .git('ls-tree', head, '--', `:(literal)${path}`)
      .split(/\s/);
    if (operation === 'create' ? id : !id || sha !== id) {
      return refused(422, 'sha does not match, or the file already exists');
    }
    changes.push({
      ...{ path, mode: mode || '100644' },
      to: operation === 'delete' ? null : Buffer.from(content, 'base64'),
    });
  }
  const id = git.commit({
    ...{ tree: git.edit(head, changes), parents: [head], message },
    author: author as { name: string; email: string },
  });
  git.setBranch(branch, id);
  return json({ commit: { sha: id }, files: [] }, 201);
}

/** With Git itself, and an index of its own. */
function patch(repository: HostedRepository, body: Body): Answer {
  const { git } = repository.changes;
  const head = repository.find(body.branch);
  if (!head || !body.sha) return GONE;
  const how = ['--cached', '--recount', '--whitespace=fix', '-'];
  const { folder } = repository;
  runGit(folder, ['read-tree', head]);
  runGit(folder, ['apply', ...how], body.content);
  const tree = git.git('write-tree');
  const id = git.commit({
    ...{ tree, parents: [head], message: body.message, author: body.author },
  });
  git.setBranch(body.branch, id);
  return json({ commit: { sha: id } }, 201);
}

function answerPulls(
  repository: HostedRepository,
  { method, path, query, body }: Asked,
): Answer {
  const { changes, settings, location } = repository;
  const [, number, what = ''] = /^\/pulls(?:\/(\d+)(\/.+)?)?$/.exec(path) ?? [];
  const describe = (request: FakeRequest): PullRequest => {
    const { branch, base, head, from, state, mergeCommit } = request;
    const isOpen = state === 'open';
    return {
      ...{ number: request.number, title: request.title, body: request.body },
      html_url: `${location.remote}/pulls/${request.number}`,
      ...{ state: isOpen ? 'open' : 'closed', merged: state === 'merged' },
      mergeable: isOpen && changes.mergeable(request),
      head: {
        label: branch,
        // Where the branch is gone, only the request has its commits.
        ref: repository.find(branch)
          ? branch
          : `refs/pull/${request.number}/head`,
        ...{ sha: head, repo_id: 7 },
      },
      base: { label: base, ref: base, sha: repository.find(base), repo_id: 7 },
      ...{ merge_base: from, merge_commit_sha: mergeCommit },
      merged_by: mergeCommit ? { login: request.endedBy } : undefined,
      ...{ created_at: AT, updated_at: AT },
      closed_at: isOpen ? undefined : AT,
      merged_at: mergeCommit ? AT : undefined,
    };
  };
  if (!number && method === 'POST') {
    const { head: branch, base, title, body: text } = body;
    const opened = changes.open({ branch, base, title, body: text });
    return opened
      ? json(describe(opened), 201)
      : refused(409, 'pull request already exists for these targets');
  }
  if (!number) {
    const all = [...changes.all]
      .reverse()
      .map(one => describe(changes.find(one.number)!));
    // Somebody has a branch of that name in a fork.
    const forks = all.map(one => ({
      ...{ ...one, number: 99, head: { ...one.head, repo_id: 8 } },
    }));
    const listed = [...forks, ...all];
    const headers = { 'x-total-count': String(listed.length) };
    return { ...json(cut(listed, query)), headers };
  }
  const request = changes.find(Number(number));
  if (!request) return GONE;
  if (what === '/reviews') return json(settings.reviews);
  if (what === '/requested_reviewers') {
    request.reviewers.push(...body.reviewers, ...body.team_reviewers);
    return json([], 201);
  }
  if (what === '/merge') {
    if (body.head_commit_id !== request.head) {
      return refused(409, 'head out of date');
    }
    const message = `${body.MergeTitleField}\n\n${body.MergeMessageField}`;
    return changes.merge(request, { name: 'bot', message })
      ? { status: 200 }
      : refused(405, 'Please try again later');
  }
  if (body.state === 'closed') changes.close(request, 'bot');
  if (body.body) request.body = body.body;
  return json(describe(request), method === 'PATCH' ? 201 : 200);
}

function answerIssues(
  { changes, settings }: HostedRepository,
  { method, path, query, body }: Asked,
): Answer {
  const { issues, labels } = settings;
  const named = (ids: number[]) =>
    ids.map(id => ({ id, name: labels[id - 1] }));
  const describe = (issue: (typeof issues)[number]): Issue => ({
    ...{ number: issue.number, title: issue.title, body: issue.body },
    ...{ state: issue.state, labels: named(issue.labels) },
  });
  const paged = <T>(all: T[]) => ({
    ...json(cut(all, query)),
    headers: { 'x-total-count': String(all.length) },
  });
  if (path === '/labels') {
    if (method === 'GET') return paged(named(labels.map((_, id) => id + 1)));
    labels.push(body.name);
    return json({ id: labels.length, name: body.name }, 201);
  }
  const [, number, what] =
    /^\/issues(?:\/(\d+)(\/comments|\/labels)?)?$/.exec(path) ?? [];
  if (!number && method === 'POST') {
    const { title, body: text, labels: ids } = body;
    issues.push({
      ...{ number: 1000 + issues.length, title, body: text, labels: ids },
      ...{ state: 'open', comments: [] },
    });
    return json(describe(issues.at(-1)!), 201);
  }
  if (!number) return paged([...issues].reverse().map(describe));
  const issue = issues.find(one => one.number === Number(number));
  if (what === '/comments') {
    (issue ?? changes.find(Number(number)))!.comments.push(body.body);
    return json({ id: 1 }, 201);
  }
  if (!issue) return GONE;
  if (what === '/labels') issue.labels.push(...body.labels);
  else Object.assign(issue, body);
  return json(what ? named(issue.labels) : describe(issue), 201);
}

function refused(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ message }) };
}
