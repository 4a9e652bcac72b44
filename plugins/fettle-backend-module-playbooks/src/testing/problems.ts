import type { StepProblem } from 'backstage-plugin-fettle-node';

type Finding = NonNullable<StepProblem['finding']>;
type Run = NonNullable<StepProblem['run']>;

/** A finding as a trigger tells of it. */
export function findingProblem(
  given: Partial<Finding> & { rule: string },
  key: string = given.rule,
): StepProblem {
  const title = `Rule ${given.rule}`;
  const finding: Finding = {
    ...{ id: key, kind: 'misconfiguration', aliases: [], severity: 'high' },
    ...{ path: null, line: null, ...given },
  };
  return { key, kind: 'finding', title, finding };
}

/** A package with a known vulnerability. */
export function vulnerability(
  ecosystem: string,
  name: string,
  fixedIn: string,
  given: Partial<Finding> = {},
): StepProblem {
  const rule = `CVE-2026-${name.length}000`;
  return findingProblem(
    {
      ...{ kind: 'vulnerability', rule, ecosystem, package: name },
      ...{ fixedIn: [fixedIn], direct: true, ...given },
    },
    `${ecosystem}/${name}`,
  );
}

/** A failed run. */
export function runProblem(given: Partial<Run> = {}): StepProblem {
  const run: Run = {
    ...{ source: 'memory', runId: '7', attempt: 1, pipelineId: 'ci' },
    ...{ pipeline: 'CI', branch: 'main', commit: 'b'.repeat(40), failed: [] },
    ...{ cause: 'network', ...given },
  };
  return { key: `run-${run.runId}`, kind: 'run', title: 'CI failed', run };
}
