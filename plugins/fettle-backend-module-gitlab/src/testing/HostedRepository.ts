import { BareRepository } from 'backstage-plugin-fettle-node/testUtils';
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
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly settings: Settings = {
    project: { archived: false },
    requests: [],
    branch: { protected: false },
    rule: null,
  };
}
