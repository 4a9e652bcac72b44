import type { CompiledPolicy } from './Policy';
import { matchedKinds, unmatchedEcosystems, type Portal } from './Portal';
import type { Subject } from './subject/Subject';

/** What may be missing of that which a policy reads, and does not keep it from being judged. */
export function caveatsOf(
  { reads, condition }: CompiledPolicy,
  subject: Subject,
  portal: Portal,
): string[] {
  const caveats: string[] = [];
  if (subject.state === 'failing' && subject.collectedAt !== null) {
    caveats.push('The last reading failed; this is of the one before.');
  }
  if (!reads.includes('findings') && !reads.includes('components')) {
    return caveats;
  }
  for (const { scannerId, state, commit } of subject.scans) {
    if (state === 'partial') {
      caveats.push(`${scannerId} could not read all files.`);
    }
    if (commit !== null && commit !== subject.headCommit) {
      caveats.push(
        `${scannerId} scanned ${commit.slice(
          0,
          7,
        )} last, which is not the head.`,
      );
    }
  }
  if (reads.includes('findings')) {
    const kinds = matchedKinds(condition.reads.kinds);
    if (kinds.includes('vulnerability')) {
      caveats.push(...ofComponents(subject, portal));
    }
  }
  return caveats;
}

/** Components that are not found vulnerable, and are not known to be safe. */
function ofComponents({ ecosystems }: Subject, portal: Portal): string[] {
  const caveats: string[] = [];
  const vague = ecosystems.filter(({ unversioned }) => unversioned > 0);
  if (vague.length > 0) {
    const told = vague.map(
      ({ ecosystem, components, unversioned }) =>
        `${ecosystem} ${unversioned} of ${components}`,
    );
    caveats.push(
      `Components without an exact version are not matched with vulnerabilities of versions (${told.join(
        ', ',
      )}): a lockfile would tell it.`,
    );
  }
  const { beyond } = unmatchedEcosystems(
    ecosystems.map(({ ecosystem }) => ecosystem),
    ['vulnerability'],
    portal,
  );
  if (beyond.length > 0) {
    caveats.push(
      `Nothing here knows of vulnerabilities of ${beyond.join(', ')}.`,
    );
  }
  return caveats;
}
