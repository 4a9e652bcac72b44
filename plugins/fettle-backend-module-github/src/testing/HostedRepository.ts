import { BareRepository } from 'backstage-plugin-fettle-node/testUtils';

/** What the fake host says of a repository besides its Git data. */
export interface Settings {
  archived: boolean;
  /** When open pull requests were opened, oldest first; null: they may not be seen. */
  pullRequests: string[] | null;
  /** Of the default branch. */
  protected: boolean;
  updateRule: object | null;
  rules: object[] | null;
}

/** A real bare repository with what the host knows of it. */
export class HostedRepository extends BareRepository {
  readonly settings: Settings = {
    archived: false,
    pullRequests: [],
    protected: false,
    updateRule: null,
    rules: [],
  };
}
