import type {
  PlanState,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { problemName, type UnderWay } from '../../playbooks/PlaybookNumbers';
import { storable } from '../storable';
import { LIVE_PLANS } from './plans';

/** What is under way for each problem of a repository, by its name. */
export async function underWay(
  knex: Knex,
  repositoryId: string,
): Promise<Map<string, UnderWay>> {
  const found = new Map<string, UnderWay>();
  const of = (problem: { id: string; kind: string; key: string }) => {
    const name = problemName(problem);
    const known = found.get(name) ?? {
      ...{ problemId: problem.id, remediation: null, plan: null },
    };
    found.set(name, known);
    return known;
  };
  const plans = await knex('plans')
    .where({ repository_id: storable(repositoryId) })
    .whereIn('state', LIVE_PLANS)
    .orderBy('created_at')
    .select('id', 'state', 'problems');
  for (const { id, state, problems } of plans) {
    for (const problem of JSON.parse(problems)) {
      of(problem).plan = { id, state: state as PlanState };
    }
  }
  const remediations = await knex('remediations')
    .where({ repository_id: storable(repositoryId) })
    .whereNull('ended_at')
    .select('id', 'state', 'problems');
  for (const { id, state, problems } of remediations) {
    for (const problem of JSON.parse(problems)) {
      of(problem).remediation = { id, state: state as RemediationState };
    }
  }
  return found;
}
