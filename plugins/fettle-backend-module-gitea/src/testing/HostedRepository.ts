import { BareRepository } from 'backstage-plugin-fettle-node/testUtils';
import type { Branch, BranchProtection } from 'gitea-js';

/** What the fake host says of a repository besides its Git data. */
export interface Settings {
  archived: boolean;
  /** When open pull requests were opened, oldest first; null: they may not be seen. */
  pullRequests: string[] | null;
  /** Of the default branch. */
  protection: Partial<Branch>;
  /** Null: only an admin may see it. */
  rule: BranchProtection | null;
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly settings: Settings = {
    archived: false,
    pullRequests: [],
    protection: { protected: false },
    rule: null,
  };
}
