import { SourceError } from 'backstage-plugin-fettle-node';
import { describeChange } from './describeChange';
import { stageFrom } from './stages';
import type { State } from './StateContext';

/** Opens the change; what an earlier try opened is found by its branch. */
export const openChange: State = async context => {
  const { remediation, plan, signal, now } = context;
  const { host, repository } = await context.place();
  if (!host.changes) {
    throw new SourceError(
      'invalid',
      `Nothing in this portal can propose changes of ${repository.name} any more.`,
      `Add the module for ${repository.host} again.`,
    );
  }
  const described = describeChange(plan, remediation.progress.nth);
  await context.permit('open-change', {
    ...{ branch: described.branch, after: 'open' },
    files: plan.files.map(({ path, kind }) => ({ path, kind })),
  });
  const change = await host.changes.open(
    repository,
    {
      ...described,
      base: plan.base ?? (await context.target()).snapshot.defaultBranch!,
      baseCommit: remediation.progress.baseCommit ?? plan.commit!,
      files: plan.edits,
    },
    { signal },
  );
  return {
    ...{
      state: 'open',
      stage: stageFrom('opened', plan, remediation.progress),
    },
    change,
    progress: { effectAt: now.toISOString(), errors: 0, looks: 0 },
    events: [
      {
        event: 'opened',
        message: `Opened the change ${change.id} of ${plan.filesChanged} ${
          plan.filesChanged === 1 ? 'file' : 'files'
        }.`,
        url: change.url ?? null,
      },
    ],
  };
};
