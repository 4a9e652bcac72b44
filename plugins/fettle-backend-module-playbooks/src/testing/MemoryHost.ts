import type {
  ChangeProposer,
  IssueTracker,
  PipelineSource,
  RepositoryKeeper,
  RepositorySettings,
  StepHost,
} from 'backstage-plugin-fettle-node';

/** A host in memory, of which a test sees what was done to it. */
export class MemoryHost implements StepHost {
  readonly state = {
    branches: {} as Record<string, string>,
    settings: {} as RepositorySettings,
    issues: {} as Record<
      string,
      { state: string; title: string; body: string }
    >,
    reviewers: [] as string[],
    reruns: [] as string[],
  };
  attempt = 1;

  readonly keeper: RepositoryKeeper = {
    ...{ id: 'memory', covers: () => true, hostOf: () => 'memory' },
    check: async () => [],
    deleteBranch: async (_, { name, commit }) => {
      if (this.state.branches[name] === commit)
        delete this.state.branches[name];
    },
    restoreBranch: async (_, { name, commit }) => {
      this.state.branches[name] = commit;
    },
    readSettings: async () => structuredClone(this.state.settings),
    applySettings: async (_, { protection, ...others }) => {
      Object.assign(this.state.settings, others);
      this.state.settings.protection = {
        ...this.state.settings.protection,
        ...protection,
      };
    },
  };

  readonly issues: IssueTracker = {
    ...{ id: 'memory', covers: () => true, hostOf: () => 'memory' },
    check: async () => [],
    find: async (_, marker) => this.#issue(marker),
    open: async (_, { marker, title, body }) => {
      this.state.issues[marker] = { state: 'open', title, body };
      return this.#issue(marker)!;
    },
    close: async (_, { marker }) => {
      const issue = this.state.issues[marker];
      if (issue) issue.state = 'closed';
      return this.#issue(marker);
    },
  };

  readonly pipelines: PipelineSource = {
    ...{ id: 'memory', title: 'Memory', covers: () => true },
    ...{ hostOf: () => 'memory', rerunsFailed: true },
    readRun: async ({ remote }, { runId, pipelineId }) => ({
      ...{ repository: { remote }, pipeline: { id: pipelineId }, runId },
      attempt: this.attempt,
      state: 'failed',
    }),
    rerun: async (_, { runId }, { failedOnly }) => {
      this.state.reruns.push(`${runId} ${failedOnly}`);
    },
  };

  readonly changes: ChangeProposer = {
    ...{ id: 'memory', title: 'Memory', covers: () => true },
    hostOf: () => 'memory',
    check: async () => [],
    ...{ open: unused, find: unused, merge: unused, close: unused },
    requestReview: async (_, { reviewers }) => {
      for (const one of reviewers) {
        if (!this.state.reviewers.includes(one)) this.state.reviewers.push(one);
      }
    },
  };

  #issue(marker: string) {
    const issue = this.state.issues[marker];
    if (!issue) return undefined;
    const { state, title } = issue;
    return { id: '#1', title, state: state as 'open' | 'closed' };
  }
}

async function unused(): Promise<never> {
  throw new Error('No step proposes changes by itself');
}
