import {
  BareRepository,
  FakeRequests,
} from 'backstage-plugin-fettle-node/testUtils';
import type { Branch, BranchProtection, Repository } from 'gitea-js';

/** What the fake host says of a repository besides its Git data. */
export interface Settings {
  archived: boolean;
  /** When open pull requests were opened, oldest first; null: they may not be seen. */
  pullRequests: string[] | null;
  /** Of the default branch. */
  protection: Partial<Branch>;
  /** Null: only an admin may see it. */
  rule: BranchProtection | null;
  /** Its own settings, as the host tells them. */
  own: Partial<Repository>;
  topics: string[];
  status: { state: string; total_count: number };
  reviews: { state: string; dismissed: boolean; user: { id: number } }[];
  /** By number, from 1. */
  labels: string[];
  issues: {
    number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    labels: number[];
    comments: string[];
  }[];
  forgejo: boolean;
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly changes = new FakeRequests(this);
  readonly settings: Settings = {
    archived: false,
    pullRequests: [],
    protection: { protected: false },
    rule: null,
    own: {
      ...{ description: '', has_issues: true, has_wiki: true },
      ...{ allow_merge_commits: true, allow_squash_merge: true },
      default_delete_branch_after_merge: false,
      permissions: { admin: true, push: true, pull: true },
    },
    ...{ topics: [], reviews: [], labels: [], issues: [], forgejo: false },
    status: { state: '', total_count: 0 },
  };
}
