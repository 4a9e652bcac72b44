import type { PolicyChangedEvent } from 'backstage-plugin-fettle-common';
import type { PolicyChange } from '../store/policies/PolicyStore';
import type { CompiledPolicy } from './Policy';
import type { Subject } from './subject/Subject';

/** What other plugins are told. That a policy holds in a repository from the first look on is no news. */
export function toEvents(
  policies: readonly CompiledPolicy[],
  subject: Pick<Subject, 'id' | 'name' | 'headCommit'>,
  changes: readonly PolicyChange[],
  revision: number,
): PolicyChangedEvent[] {
  const byId = new Map(policies.map(one => [one.described.id, one.described]));
  return changes.flatMap(({ policyId, from, to, message }) => {
    const policy = byId.get(policyId);
    if (!policy || to === null) return [];
    if (from === null && (to === 'kept' || to === 'unknown')) return [];
    const { title, severity, level } = policy;
    return [
      {
        ...{ repositoryId: subject.id, repository: subject.name, policyId },
        ...{ title, severity, level, from, to, message },
        ...{ commit: subject.headCommit, revision },
      },
    ];
  });
}
