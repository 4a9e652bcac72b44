import type { Reason } from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { MOST_INNER } from '../../policies/language/cost';
import { make } from '../../policies/language/environment';
import type { PlaybookStore } from '../../store/playbooks/PlaybookStore';
import type { DriftReader, StoredDrift } from './DriftReader';
import { readSubject } from './readSubject';
import type { Trigger } from './Trigger';

const parameters = z.strictObject({
  standards: z
    .array(z.string().min(1).max(64))
    .max(200)
    .default([])
    .describe('Ids of standards; all where it is empty'),
});

/** Sees repositories that differ from a standard. */
export function createDriftTrigger(services: {
  store: PlaybookStore;
  drift: DriftReader;
}): Trigger<z.output<typeof parameters>> {
  return {
    id: 'drift',
    title: 'A repository differs from a standard',
    parameters,
    variable: 'drift',
    async see(repositoryId, { standards }, options) {
      const [subject, all] = await Promise.all([
        readSubject(services.store, repositoryId, options),
        services.drift.drifts(repositoryId),
      ]);
      const wanted = all.filter(
        ({ standardId }) =>
          standards.length === 0 || standards.includes(standardId),
      );
      const checked = wanted.flatMap(({ checkedAt }) => checkedAt ?? []).sort();
      return {
        problems: wanted.filter(({ state }) => state === 'drifted').map(toSeen),
        gap: gapOf(wanted, subject?.headCommit ?? null),
        commit: wanted[0]?.commit ?? null,
        readAt: checked[0] ?? null,
      };
    },
  };
}

function gapOf(
  drifts: readonly StoredDrift[],
  headCommit: string | null,
): Reason | null {
  const unknown = drifts.find(({ state }) => state === 'unknown');
  if (unknown) {
    return (
      unknown.reason ?? {
        code: 'drift-unknown',
        message: `Whether the repository follows the standard '${unknown.standardId}' is not known.`,
        action: 'It is looked at again after the next reading.',
      }
    );
  }
  const behind = drifts.find(
    ({ state, commit }) => state !== 'exempt' && commit !== headCommit,
  );
  return behind
    ? {
        code: 'drift-behind',
        message: `The standard '${behind.standardId}' was not compared with the head yet.`,
        action: 'It is compared after the next reading, by itself.',
      }
    : null;
}

function toSeen({ standardId, version, paths, checkedAt }: StoredDrift) {
  return {
    problem: {
      ...{ key: standardId, kind: 'drift' },
      title: `Differs from the standard '${standardId}' ${version}`,
      drift: { standard: standardId, version, paths },
    },
    values: {
      drift: make('Drift', {
        ...{ standard: standardId, version },
        paths: paths.slice(0, MOST_INNER),
        checked: checkedAt && new Date(checkedAt),
      }),
    },
  };
}
