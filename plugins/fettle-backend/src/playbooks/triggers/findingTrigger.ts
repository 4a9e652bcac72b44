import {
  findingKindSchema,
  severitySchema,
  type Reason,
} from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { findGaps, type Portal } from '../../policies/gaps';
import type { Subject, SubjectFinding } from '../../policies/subject/Subject';
import { toFinding } from '../../policies/subject/toValues';
import type { PlaybookStore } from '../../store/playbooks/PlaybookStore';
import { goneRepository, readingGap } from './repositoryGap';
import { readSubject } from './readSubject';
import type { Trigger } from './Trigger';

const MOST = 500;
const ALL = findingKindSchema.options;

const parameters = z.strictObject({
  kinds: z
    .array(findingKindSchema)
    .default([])
    .describe('Kinds of findings; all where it is empty'),
  severities: z
    .array(severitySchema)
    .default([])
    .describe('Severities; all where it is empty'),
  rules: z
    .array(z.string().min(1).max(200))
    .max(200)
    .default([])
    .describe(
      'Rules or advisories, as findings show them; all where it is empty',
    ),
  minPriority: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('Only findings of this priority and above, 0 to 100'),
});

/** Sees findings that are open and that nobody accepted. */
export function createFindingTrigger(services: {
  store: PlaybookStore;
  portal: () => Promise<Portal>;
  clock: () => Date;
}): Trigger<z.output<typeof parameters>> {
  const { store, clock } = services;
  return {
    id: 'finding',
    title: 'A finding is open',
    parameters,
    variable: 'finding',
    async see(repositoryId, wanted, options) {
      const [subject, portal] = await Promise.all([
        readSubject(store, repositoryId, options),
        services.portal(),
      ]);
      if (!subject) return { problems: [], ...goneRepository(repositoryId) };
      // Only then: what is open is at least as new as the scans that are said to be current.
      const found = await store.openFindings(repositoryId, {
        ...{ ...wanted, limit: MOST },
      });
      const now = clock();
      const gap =
        found.length > MOST
          ? tooMany(subject.name)
          : gapOf(subject, wanted.kinds, portal);
      return {
        problems: found.slice(0, MOST).map(finding => ({
          problem: toProblem(finding),
          values: { finding: toFinding(finding, now) },
        })),
        gap,
        commit: subject.headCommit,
        // Scans of the head say how it is at each reading that finds the same head.
        readAt: gap ? scannedAt(subject) : subject.collectedAt,
      };
    },
  };
}

function tooMany(name: string): Reason {
  return {
    code: 'too-many',
    message: `${name} has more than ${MOST} findings of this kind; the first are looked at.`,
    action: 'Narrow the trigger by kinds, severities, rules or priority.',
  };
}

/** Why a finding that is missing is not known to be gone. */
function gapOf(
  subject: Subject,
  wanted: readonly string[],
  portal: Portal,
): Reason | null {
  const unread = readingGap(subject);
  if (unread) return unread;
  const kinds = wanted.length > 0 ? [...wanted] : null;
  const looking = portal.scanners.filter(({ finds }) =>
    mayFind(finds, kinds ?? ALL),
  );
  const gaps = findGaps(
    {
      ...{ variables: ['findings'], repository: [], taken: [], kinds },
      ...{ checks: null, judgesUnknown: false, changesWithTime: false },
    },
    { subject, values: { repository: {} } as never },
    { ...portal, scanners: looking.length > 0 ? looking : portal.scanners },
  );
  // In a file that could not be read nothing is missing: what was found there stays.
  const gap = gaps.find(({ code }) => code !== 'scan-partial');
  if (gap) {
    const { code, message, action } = gap;
    return { code, message, action };
  }
  const behind = looking.find(({ id }) => {
    const scan = subject.scans.find(({ scannerId }) => scannerId === id);
    return scan && scan.commit !== subject.headCommit;
  });
  if (!behind || subject.headCommit === null) return null;
  return {
    code: 'scan-behind',
    message: `${behind.title} has not scanned the head of ${subject.name} yet.`,
    action: 'It is scanned after its next reading, by itself.',
  };
}

/** One that finds nothing by itself reads components, which are matched. */
function mayFind(
  finds: readonly string[] | null,
  kinds: readonly string[],
): boolean {
  if (finds === null) return true;
  const matched = ['vulnerability', 'licence', 'threat'];
  const able = finds.length === 0 ? matched : finds;
  return kinds.some(kind => able.includes(kind));
}

/** The oldest of the scans: what was found is at least as new. */
function scannedAt({ scans }: Subject): string | null {
  const times = scans.flatMap(({ scannedAt: at }) => (at === null ? [] : [at]));
  return times.sort()[0] ?? null;
}

function toProblem(finding: SubjectFinding): StepProblem {
  const { id, kind, rule, aliases, severity, path, line } = finding;
  const { component, fixedIn, title, was } = finding;
  return {
    ...{ key: id, kind: 'finding', title },
    finding: {
      ...{ id, kind, rule, aliases, severity, line },
      path: path === '' ? null : path,
      ...(was && { was }),
      ...(component && {
        ecosystem: component.ecosystem,
        package: component.name,
        versions: component.versions,
        direct: component.direct,
        fixedIn,
      }),
    },
  };
}
