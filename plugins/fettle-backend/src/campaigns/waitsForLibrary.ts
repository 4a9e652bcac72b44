import type { Reason } from 'backstage-plugin-fettle-common';
import { orderOfEcosystem } from 'backstage-plugin-fettle-node';
import type { KnownRelease } from '../store/campaigns/libraries';
import type { Library, Standing } from '../store/campaigns/StoredCampaign';

/** Why a repository waits for one that it uses; null where it does not. */
export function waitsForLibrary(
  library: Library,
  standing: Standing | undefined,
  releases: ReadonlyMap<number, KnownRelease>,
): { reason: Reason; failed: boolean } | null {
  if (!standing) return null;
  const { repository, state } = standing;
  if (state === 'nothing' || state === 'impossible') return null;
  if (state === 'failed' || state === 'cancelled') {
    return {
      failed: true,
      reason: {
        code: 'library-failed',
        message: `It uses ${repository}, which came to no good end.`,
        action: `Mend ${repository} and try it again, or cancel the campaign.`,
      },
    };
  }
  const inForce =
    state === 'healed' ||
    ['settling', 'verifying'].includes(standing.remediationState ?? '');
  const known = library.packages.filter(({ id }) => releases.has(id));
  if (inForce && known.length > 0) {
    const missing = known.find(
      one => !isNewer(one, releases.get(one.id)!, standing.effectAt),
    );
    return missing
      ? wait(
          'release',
          `It waits for a release of ${missing.name} by ${repository} that is newer than the change there.`,
          `Release ${missing.name}.`,
        )
      : null;
  }
  if (state === 'healed') return null;
  return known.length > 0
    ? wait(
        'library',
        `It waits until ${repository}, which it uses, is changed and releases ${known[0].name}.`,
        `Wait for ${repository}.`,
      )
    : wait(
        'library',
        `It waits until ${repository}, which it uses, is healed: no registry tells of its releases.`,
        `Wait for ${repository}.`,
      );
}

function wait(code: string, message: string, action: string) {
  return { failed: false, reason: { code, message, action } };
}

/** Published after the change; by its number where the registry does not say when. */
function isNewer(
  { ecosystem, newest }: Library['packages'][number],
  { version, publishedAt }: KnownRelease,
  changedAt: string | null,
): boolean {
  if (publishedAt !== null && changedAt !== null) {
    return Date.parse(publishedAt) > Date.parse(changedAt);
  }
  if (newest === null) return true;
  const difference = orderOfEcosystem(ecosystem)?.compare(version, newest);
  return difference === undefined ? version !== newest : difference > 0;
}
