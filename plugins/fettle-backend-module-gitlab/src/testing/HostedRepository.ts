import {
  BareRepository,
  FakeRequests,
} from 'backstage-plugin-fettle-node/testUtils';
import type {
  BranchSchema,
  ProjectSchema,
  ProtectedBranchSchema,
} from '@gitbeaker/core';

/** What the fake host says of a repository besides its Git data. */
export interface Settings {
  project: Partial<ProjectSchema>;
  /** When open merge requests were opened, oldest first; null: they may not be seen. */
  requests: string[] | null;
  /** Of the default branch. */
  branch: Partial<BranchSchema>;
  /** Null: it may not be seen. */
  rule: Partial<ProtectedBranchSchema> | null;
  /** Newest first. */
  pipelines: { status: string; source: string }[];
  approvals: { approved: boolean; approved_by: object[] };
  reviewers: { state: string }[];
  issues: {
    iid: number;
    title: string;
    description: string;
    state: 'opened' | 'closed';
    labels: string[];
    comments: string[];
  }[];
  /** Whether a fork has a request of each branch too. */
  forked: boolean;
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly changes = new FakeRequests(this);
  readonly settings: Settings = {
    project: {
      ...{ archived: false, description: '', topics: [] },
      ...{ issues_access_level: 'enabled', wiki_access_level: 'enabled' },
      ...{ remove_source_branch_after_merge: false },
      ...{ approvals_before_merge: 0 },
      only_allow_merge_if_pipeline_succeeds: false,
      permissions: {
        project_access: { access_level: 40, notification_level: 3 },
        group_access: null,
      },
    } as unknown as Partial<ProjectSchema>,
    ...{ pipelines: [], reviewers: [], issues: [], forked: true },
    approvals: { approved: true, approved_by: [] },
    requests: [],
    branch: { protected: false },
    rule: null,
  };
}
