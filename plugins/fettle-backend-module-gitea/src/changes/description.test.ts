import type {
  IssueAddLabelData,
  IssueCreateCommentData,
  IssueCreateIssueData,
  IssueCreateLabelData,
  IssueEditIssueData,
  IssueListIssuesData,
  RepoApplyDiffPatchData,
  RepoChangeFilesData,
  RepoCreateBranchData,
  RepoCreateBranchProtectionData,
  RepoCreatePullRequestData,
  RepoCreatePullReviewRequestsData,
  RepoEditBranchProtectionData,
  RepoEditData,
  RepoEditPullRequestData,
  RepoMergePullRequestData,
  RepoUpdateTopicsData,
} from '@llamaduck/forgejo-ts';
import type { Client } from '../api/GiteaApi';
import { FakeHost } from '../testing/FakeHost';
import { sourceFor } from '../testing/sourceFor';

jest.setTimeout(180_000);

const { signal } = new AbortController();

type Repos = Client['repos'];
/** The fields that both descriptions have of what is sent. */
type Both<
  Gitea extends (...parameters: any[]) => unknown,
  At extends number,
  Forgejo extends { body?: object },
> = readonly Extract<
  keyof NonNullable<Parameters<Gitea>[At]>,
  keyof NonNullable<Forgejo['body']>
>[];

const commit = ['author', 'branch', 'committer', 'dates', 'message'] as const;
const rule = [
  ...(['enable_status_check', 'required_approvals'] as const),
  'status_check_contexts',
] as const;

// What is not described is a type error here, and what is not here is not sent.
const branches: Both<Repos['repoCreateBranch'], 2, RepoCreateBranchData> = [
  ...(['new_branch_name', 'old_ref_name'] as const),
];
const files: Both<Repos['repoChangeFiles'], 2, RepoChangeFilesData> = [
  ...([...commit, 'files'] as const),
];
const patch: Both<Repos['repoApplyDiffPatch'], 2, RepoApplyDiffPatchData> = [
  ...([...commit, 'content', 'sha'] as const),
];
const pull: Both<Repos['repoCreatePullRequest'], 2, RepoCreatePullRequestData> =
  ['base', 'body', 'head', 'title'];
const edited: Both<Repos['repoEditPullRequest'], 3, RepoEditPullRequestData> = [
  ...(['body', 'state'] as const),
];
const merge: Both<Repos['repoMergePullRequest'], 3, RepoMergePullRequestData> =
  ['Do', 'MergeMessageField', 'MergeTitleField', 'head_commit_id'];
const reviewers: Both<
  Repos['repoCreatePullReviewRequests'],
  3,
  RepoCreatePullReviewRequestsData
> = ['reviewers', 'team_reviewers'];
const settings: Both<Repos['repoEdit'], 2, RepoEditData> = [
  ...(['default_delete_branch_after_merge', 'description'] as const),
  ...(['has_issues', 'has_wiki'] as const),
];
const topics: Both<Repos['repoUpdateTopics'], 2, RepoUpdateTopicsData> = [
  'topics',
];
const made: Both<
  Repos['repoCreateBranchProtection'],
  2,
  RepoCreateBranchProtectionData
> = ['enable_push', ...rule, 'rule_name'];
const changed: Both<
  Repos['repoEditBranchProtection'],
  3,
  RepoEditBranchProtectionData
> = rule;
const issue: Both<Repos['issueCreateIssue'], 2, IssueCreateIssueData> = [
  ...(['body', 'labels', 'title'] as const),
];
const rewritten: Both<Repos['issueEditIssue'], 3, IssueEditIssueData> = [
  ...(['body', 'state', 'title'] as const),
];
const comment: Both<Repos['issueCreateComment'], 3, IssueCreateCommentData> = [
  'body',
];
const label: Both<Repos['issueCreateLabel'], 2, IssueCreateLabelData> = [
  ...(['color', 'name'] as const),
];
const labels: Both<Repos['issueAddLabel'], 3, IssueAddLabelData> = ['labels'];
const listed: readonly (keyof NonNullable<IssueListIssuesData['query']>)[] = [
  ...(['limit', 'page', 'state', 'type'] as const),
];

const DESCRIBED: Record<string, readonly string[]> = {
  'PATCH ': settings,
  'PATCH /branch_protections/main': changed,
  'PATCH /issues/n': rewritten,
  'PATCH /pulls/n': edited,
  'POST /branch_protections': made,
  'POST /branches': branches,
  'POST /contents': files,
  'POST /diffpatch': patch,
  'POST /issues': issue,
  'POST /issues/n/comments': comment,
  'POST /issues/n/labels': labels,
  'POST /labels': label,
  'POST /pulls': pull,
  'POST /pulls/n/merge': merge,
  'POST /pulls/n/requested_reviewers': reviewers,
  'PUT /topics': topics,
};

it('sends only what the descriptions of Gitea and Forgejo have', async () => {
  const host = await FakeHost.start();
  try {
    const { proposer, keeper, tracker } = sourceFor(host);
    const repository = host.create('payments/ledger');
    const { location } = repository;
    const baseCommit = await repository.commit({
      ...{ at: '2026-05-20T12:00:00.000Z', files: { a: 'a' } },
    });
    const branch = 'fettle/tidy/1';
    const request = {
      ...{ branch, base: 'main', baseCommit, title: 'Tidy', body: 'So.' },
      ...{ marker: '0123456789abcdef' },
    };
    const run = [{ path: 'run', content: 'x', executable: true }];
    const first = { ...request, files: run };
    const { id, headCommit } = await proposer.open(location, first, { signal });
    const change = { branch, id, headCommit, reviewers: ['ada', 'a/owners'] };
    await proposer.requestReview(location, change, { signal });
    await proposer.merge(location, change, { signal });
    const second = { ...request, branch: 'fettle/tidy/2', files: run };
    const edit = [{ path: 'a', content: 'b' }];
    const other = await proposer.open(
      ...([location, { ...second, files: edit }, { signal }] as const),
    );
    await proposer.close(
      ...([location, { ...other, comment: 'No.' }, { signal }] as const),
    );
    const apply = (given: object) =>
      keeper.applySettings(location, given, { signal });
    const protection = { protected: true, reviews: 1, requiredChecks: ['ci'] };
    await apply({ protection, description: 'x', issues: true, wiki: true });
    await apply({ protection, topics: ['a'], deleteBranchOnMerge: true });
    await keeper.readSettings(location, { signal });
    const about = { marker: 'm: 1', title: 'Broken', body: 'It is.' };
    await tracker.open(location, { ...about, labels: ['x'] }, { signal });
    await tracker.open(
      ...([location, { ...about, title: 'Worse', labels: ['y'] }] as const),
      { signal },
    );
    await tracker.close(location, { ...about, comment: 'So.' }, { signal });

    const sent: Record<string, string[]> = {};
    for (const [asked, body] of host.sent) {
      const what = asked
        .replace('/repos/payments/ledger', '')
        .replace(/\/\d+/, '/n');
      const before = sent[what] ?? [];
      sent[what] = [...new Set([...before, ...Object.keys(body)])].sort();
    }
    expect(sent).toEqual(
      Object.fromEntries(
        Object.entries(DESCRIBED).map(([key, all]) => [key, [...all].sort()]),
      ),
    );
    const lists = host.recorded.filter(one => /\/issues\?/.test(one));
    for (const one of lists) {
      const names = new URLSearchParams(one.split('?')[1]).keys();
      expect(listed).toEqual(expect.arrayContaining([...names]));
    }
    expect(lists).not.toEqual([]);
  } finally {
    await host.stop();
  }
});
