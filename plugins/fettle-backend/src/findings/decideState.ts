import type { FindingState } from 'backstage-plugin-fettle-common';
import type { ActiveException, StoredFinding } from './StoredFinding';

/** The exception in force that covers a finding: one that calls it false, else the one that lasts longest. */
export function coveredBy(
  finding: Pick<StoredFinding, 'id' | 'repositoryId' | 'seen'>,
  exceptions: readonly ActiveException[],
  owners: ReadonlySet<string>,
): ActiveException | undefined {
  const { seen } = finding;
  const names = new Set([seen.rule, ...seen.aliases]);
  return exceptions
    .filter(exception => {
      if (exception.scope === 'place') {
        return exception.findingId === finding.id;
      }
      if (exception.kind !== seen.kind) return false;
      if (!exception.names.some(name => names.has(name))) return false;
      return exception.scope === 'repository'
        ? exception.repositoryId === finding.repositoryId
        : exception.owner !== null && owners.has(exception.owner);
    })
    .sort(strongest)[0];
}

/**
 * Evidence decides first: what nobody sees any more is fixed, accepted or not.
 * What is seen is as a person's exception has it, and else open.
 */
export function decideState(
  finding: Pick<StoredFinding, 'sightings'>,
  exception: ActiveException | undefined,
): FindingState {
  if (finding.sightings.size === 0) return 'fixed';
  return exception?.as ?? 'open';
}

function strongest(a: ActiveException, b: ActiveException): number {
  if (a.as !== b.as) return a.as === 'false-positive' ? -1 : 1;
  const end = ({ expiresAt }: ActiveException) => expiresAt ?? '9999';
  return end(a) < end(b) ? 1 : -1;
}
