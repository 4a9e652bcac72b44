import {
  BareRepository,
  FakeRequests,
} from 'backstage-plugin-fettle-node/testUtils';

/** What the fake host says of a repository besides its Git data. */
export interface Settings {
  archived: boolean;
  /** When open pull requests were opened, oldest first; null: they may not be seen. */
  pullRequests: string[] | null;
  /** Of the default branch. */
  protected: boolean;
  updateRule: object | null;
  rules: object[] | null;
  /** Its own settings, as the host tells them. */
  repository: Record<string, any>;
  /** The own protection of the default branch, as the host tells it. */
  protection: Record<string, any> | null;
  checkRuns: { status: string; conclusion: string | null }[];
  status: { state: string; total_count: number };
  reviews: { state: string; user: { id: number } }[];
  issues: {
    number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    labels: string[];
    comments: string[];
  }[];
  /** Whether a fork has a request of each branch too. */
  forked: boolean;
  /** Why nothing can be merged. */
  refusesMerges?: string;
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly requests = new FakeRequests(this);
  readonly settings: Settings = {
    archived: false,
    pullRequests: [],
    protected: false,
    updateRule: null,
    rules: [],
    repository: {
      ...{ id: 7, description: null, topics: [], private: true },
      ...{ has_issues: true, has_wiki: true, delete_branch_on_merge: false },
      ...{ allow_merge_commit: true, allow_squash_merge: true },
      permissions: { admin: true, push: true, triage: true },
    },
    protection: null,
    ...{ checkRuns: [], reviews: [], issues: [], forked: true },
    status: { state: 'pending', total_count: 0 },
  };
}
