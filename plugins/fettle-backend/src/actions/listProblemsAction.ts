import {
  findingReadPermission,
  type Problem,
} from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import { problemName } from '../playbooks/PlaybookNumbers';
import { getRepository } from '../routes/getRepository';
import { listFixes } from '../routes/listFixes';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { findTarget, targetInput } from './findTarget';

export const listProblemsAction = defineAction({
  name: 'list-problems',
  title: 'List what is wrong with a repository',
  description: `Lists what is wrong with one repository now: findings that are open, checks that are not passed, runs that failed, drift from standards. Each problem has a key, which plan-fix takes, and the playbooks that can mend it; those without a playbook need a person.

Checks of which it is not known whether they are passed are no problems: they are listed apart.`,
  attributes: READS,
  input: zod => zod.object(targetInput(zod)),
  output: zod =>
    zod.object({
      repository: zod
        .object({
          id: zod.string(),
          name: zod.string(),
          state: zod
            .string()
            .describe('ready, or why this may be old or not be all'),
          score: zod.number().nullable(),
        })
        .passthrough(),
      problems: zod.array(
        zod.object({
          key: zod.string().describe('Names it for plan-fix'),
          kind: zod.string().describe('finding, verdict, run or drift'),
          title: zod.string(),
          findingId: zod.string().nullable(),
          checkId: zod.string().nullable(),
          playbooks: zod
            .array(zod.object({ id: zod.string(), title: zod.string() }))
            .describe('Those that can mend it'),
          remediation: zod
            .object({ id: zod.string(), state: zod.string() })
            .nullable()
            .describe('What is under way for it'),
          plan: zod
            .object({ id: zod.string(), state: zod.string() })
            .nullable(),
        }),
      ),
      unknown: zod
        .array(zod.object({ checkId: zod.string(), message: zod.string() }))
        .describe('Checks of which nothing is known, with why'),
      hidden: zod
        .array(zod.string())
        .describe('Kinds of problems that you may not see'),
    }),
  async run(input, asked) {
    const { credentials, services } = asked;
    const { repositoryId, subpath } = await findTarget(input, asked);
    const params = { id: repositoryId };
    // They refuse who may not see it, before anything else is read.
    const [health, fixes, seeFindings] = await Promise.all([
      askRoute(getRepository, { params, query: { subpath } }, asked),
      askRoute(listFixes, { params }, asked),
      services.access.allows(findingReadPermission, credentials),
    ]);
    const { id, name, state, reason, score } = health;
    const mended = new Set(fixes.items.map(one => problemName(one.problem)));
    const all = await services.problems.readAll(repositoryId);
    const others = all.filter(
      one => (seeFindings || !one.finding) && !mended.has(problemName(one)),
    );
    return {
      repository: { ...{ id, name, state, reason, score } },
      problems: [
        ...fixes.items.map(({ problem, ...fix }) => ({
          ...named(problem),
          ...fix,
        })),
        ...others.map(one => ({
          ...fromStep(one),
          ...{ playbooks: [], remediation: null, plan: null },
        })),
      ],
      unknown: health.verdicts
        .filter(({ status }) => status === 'unknown')
        .map(({ check, message }) => ({ checkId: check.id, message })),
      hidden: seeFindings ? [] : ['finding'],
    };
  },
});

function named({ key, kind, title, findingId, checkId }: Problem) {
  return { key, kind, title, findingId, checkId };
}

function fromStep({ key, kind, title, finding, verdict }: StepProblem) {
  return {
    ...{ key, kind, title },
    findingId: finding?.id ?? null,
    checkId: verdict?.check ?? null,
  };
}
