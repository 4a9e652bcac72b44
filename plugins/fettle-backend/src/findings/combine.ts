import { createHash } from 'node:crypto';
import type { Severity } from 'backstage-plugin-fettle-common';
import type { Sighting } from './Sighting';

/** Highest first; a severity that somebody gave comes before none. */
const ORDER: readonly Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'unknown',
];

/** The 16 hex digits by which a finding is known from its first sighting on. */
export function findingId(
  repositoryId: string,
  { kind, path, keys }: Pick<Sighting, 'kind' | 'path' | 'keys'>,
): string {
  return createHash('sha256')
    .update(JSON.stringify([repositoryId, kind, path, keys[0]]))
    .digest('hex')
    .slice(0, 16);
}

/** What several observers say of one finding, as one. The first that describes it keeps the word. */
export function combine(sightings: readonly Sighting[]): Sighting {
  const [first, ...rest] = sightings;
  return rest.reduce<Sighting>(
    (all, other) => ({
      ...all,
      aliases: [
        ...new Set([...all.aliases, other.rule, ...other.aliases]),
      ].filter(name => name !== all.rule),
      severity:
        ORDER.indexOf(other.severity) < ORDER.indexOf(all.severity)
          ? other.severity
          : all.severity,
      cvss: all.cvss ?? other.cvss,
      epss: all.epss ?? other.epss,
      exploited: all.exploited || other.exploited,
      certain: all.certain || other.certain,
      line: all.line ?? other.line,
      // What anyone sees in the head is there.
      origin: other.origin && all.origin,
      keys: [...new Set([...all.keys, ...other.keys])],
      component: all.component ?? other.component,
      fixedIn: all.fixedIn.length > 0 ? all.fixedIn : other.fixedIn,
      description: all.description ?? other.description,
      fix: all.fix ?? other.fix,
      references: [...new Set([...all.references, ...other.references])],
      ...(all.was ?? other.was ? { was: all.was ?? other.was } : {}),
    }),
    first,
  );
}
