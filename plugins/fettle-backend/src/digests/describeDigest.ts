import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { OwnerDigest } from '../store/security/loadDigests';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** A digest in words; undefined where there is nothing to read. */
export function describeDigest(
  digest: OwnerDigest,
):
  | (Pick<NotificationPayload, 'title' | 'severity'> & { description: string })
  | undefined {
  const { open, overdue, opened, fixed, notKept, worst } = digest;
  const { repositories, scanned } = digest;
  const openNames = SEVERITIES.filter(name => open[name] > 0);
  const unscanned = repositories - scanned;
  const quiet =
    openNames.length === 0 && opened + fixed + notKept + unscanned === 0;
  if (quiet) return undefined;
  const counts = openNames.map(name =>
    name === 'unknown'
      ? `${open.unknown} of unknown severity`
      : `${open[name]} ${name}`,
  );
  const sentences = [
    opened + fixed > 0
      ? `In the last week ${opened} opened and ${fixed} were fixed.`
      : 'In the last week nothing opened and nothing was fixed.',
    overdue > 0
      ? `${count(overdue, 'finding is', 'findings are')} overdue.`
      : '',
    notKept > 0
      ? `${count(notKept, 'policy is', 'policies are')} not kept.`
      : '',
    // Of what was not scanned nothing is known: that is no zero.
    unscanned > 0
      ? `${unscanned} of ${repositories} repositories ${
          unscanned === 1 ? 'is' : 'are'
        } not scanned.`
      : '',
    worst.length > 0 ? `Look first at ${worst.join(', ')}.` : '',
  ];
  return {
    title:
      counts.length > 0
        ? `Open in your repositories: ${counts.join(', ')}`
        : 'Nothing that was scanned is open in your repositories',
    description: sentences.filter(Boolean).join(' '),
    severity: overdue > 0 || open.critical > 0 ? 'high' : 'normal',
  };
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
