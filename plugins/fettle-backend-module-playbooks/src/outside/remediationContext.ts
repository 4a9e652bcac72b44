import type { JsonObject } from '@backstage/types';
import type { StepContext } from 'backstage-plugin-fettle-node';

/** What others are told of a remediation; always in this form. */
export function remediationContext({
  repository,
  playbook,
  problems,
  entities,
}: StepContext<unknown>): JsonObject {
  return {
    playbook: playbook.id,
    repository: {
      remote: repository.remote,
      name: repository.name,
      ...(repository.webUrl ? { url: repository.webUrl } : {}),
    },
    entities: entities.map(({ entityRef, owner }) => ({
      ...{ entityRef, owner: owner ?? null },
    })),
    problems: problems.slice(0, 100).map(({ key, kind, title }) => ({
      ...{ key, kind, title: title.slice(0, 500) },
    })),
  };
}
