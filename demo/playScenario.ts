import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { repositoryPath } from './buildFleet';
import { PEOPLE, type Person } from './catalog/people';
import { REPOSITORIES } from './fleet';
import { branch } from './scenarios/branch';
import { breakBuild } from './scenarios/breakBuild';
import { buildOutput } from './scenarios/buildOutput';
import { commit } from './scenarios/commit';
import { conflict } from './scenarios/conflict';
import { deleteReadme } from './scenarios/deleteReadme';
import { fix } from './scenarios/fix';
import { fixBuild } from './scenarios/fixBuild';
import { forcePush } from './scenarios/forcePush';
import { revert } from './scenarios/revert';
import { slowBuild } from './scenarios/slowBuild';
import { updateDependency } from './scenarios/updateDependency';
import type { Played, Scenario } from './scenarios/Scenario';
import { WorkingCopy } from './scenarios/WorkingCopy';

/** Everything that can be played, by name. */
export const SCENARIOS = {
  commit,
  'delete-readme': deleteReadme,
  'force-push': forcePush,
  branch,
  revert,
  conflict,
  'build-output': buildOutput,
  fix,
  'break-build': breakBuild,
  'fix-build': fixBuild,
  'slow-build': slowBuild,
  'update-dependency': updateDependency,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

/**
 * Plays a scenario on a repository of the fleet: a real clone, a real commit, a
 * real push. Throws where the scenario makes no sense, with the reason.
 */
export async function playScenario(
  demoDir: string,
  name: ScenarioName,
  repository: string = SCENARIOS[name].repository,
  now: Date = new Date(),
): Promise<Played & { repository: string }> {
  const known = REPOSITORIES.find(({ name: its }) => its === repository);
  const path = resolve(repositoryPath(demoDir, repository));
  if (!known || !existsSync(path)) {
    const names = REPOSITORIES.filter(({ build }) => build).map(r => r.name);
    throw new Error(
      `There is no repository ${JSON.stringify(
        repository,
      )} in the fleet. There are: ${names.join(', ')}.`,
    );
  }
  const component = known.components[0];
  const owner = component?.owner ?? 'platform';
  const by = (Object.keys(PEOPLE) as Person[]).find(
    person => PEOPLE[person].team === owner,
  )!;
  const played = await WorkingCopy.use(path, by, now, copy =>
    SCENARIOS[name].play(copy, { now, component }),
  );
  return { repository, ...played };
}
