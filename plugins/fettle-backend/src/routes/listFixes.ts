import {
  findingReadPermission,
  fixesSchema,
  planCreatePermission,
  playbookReadPermission,
  type Fixes,
} from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import { problemName } from '../playbooks/PlaybookNumbers';
import { noRepository } from './getRepository';
import { defineRoute } from './Route';

export const listFixes = defineRoute({
  id: 'listFixes',
  method: 'get',
  path: '/repositories/:id/fixes',
  summary: 'Which problems of a repository which playbooks can put right',
  response: fixesSchema,
  async handle({ params, credentials }, services) {
    const { access, clock, playbooks, playbookNumbers, problems, store } =
      services;
    const [visibility, seeFindings, plan] = await Promise.all([
      access.visibility(credentials),
      access.allows(findingReadPermission, credentials),
      access.allows(planCreatePermission, credentials),
      access.require(playbookReadPermission, credentials),
    ]);
    const summary = await store.getSummary(
      ...([params.id, '', visibility, clock()] as const),
    );
    if (!summary) throw noRepository(params.id);
    const revision = await store.getRevision();
    const found = new Map<
      string,
      { problem: StepProblem; playbooks: { id: string; title: string }[] }
    >();
    for (const playbook of playbooks.all()) {
      if (!playbook.trigger.see) continue;
      const { id, title } = playbook.view;
      const seen = await problems.read(playbook, params.id, { quick: true });
      for (const problem of seen.problems) {
        if (problem.finding && !seeFindings) continue;
        const name = problemName(problem);
        const known = found.get(name) ?? { problem, playbooks: [] };
        known.playbooks.push({ id, title });
        found.set(name, known);
      }
    }
    const underWay = await playbookNumbers.underWay(params.id);
    const items = [...found].map(([name, { problem, playbooks: by }]) => {
      const one = underWay.get(name);
      return {
        problem: toProblem(problem, one?.problemId ?? name),
        playbooks: by,
        remediation: one?.remediation ?? null,
        plan: one?.plan ?? null,
      };
    });
    return { items, can: { plan }, revision };
  },
});

function toProblem(
  { kind, key, title, finding, verdict }: StepProblem,
  id: string,
): Fixes['items'][number]['problem'] {
  return {
    ...{ id, kind, key, title },
    findingId: finding?.id ?? null,
    checkId: verdict?.check ?? null,
  };
}
