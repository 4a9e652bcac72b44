import {
  verdictStatusSchema,
  type Reason,
} from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { toVerdict } from '../../policies/subject/toValues';
import type {
  PlaybookStore,
  ProvedVerdict,
} from '../../store/playbooks/PlaybookStore';
import { durationSchema } from '../durationSchema';
import { keyOf } from './keyOf';
import { goneRepository, readingGap } from './repositoryGap';
import { readSubject } from './readSubject';
import type { Trigger } from './Trigger';

const MOST = 1_000;
const YEAR = 365 * 24 * 60 * 60;

function parametersFor(checks: readonly string[]) {
  const known = new Set(checks);
  return z.strictObject({
    checks: z
      .array(
        z.string().refine(id => known.has(id), {
          error: ({ input }) =>
            `There is no check '${input}'. There is: ${checks.join(', ')}`,
        }),
      )
      .max(200)
      .default([])
      .describe('Ids of checks; all where it is empty'),
    statuses: z
      .array(verdictStatusSchema.exclude(['pass', 'not-applicable', 'unknown']))
      .min(1)
      .default(['fail'])
      .describe('Which verdicts are problems. Default: those that fail'),
    minSince: durationSchema({ min: 0, max: YEAR, words: 'of up to 1 year' })
      .prefault({ seconds: 0 })
      .describe('How long the verdict has been so, at least'),
  });
}

/** Sees verdicts that are not good. An unknown verdict is no problem, and none that is gone. */
export function createVerdictTrigger(services: {
  store: PlaybookStore;
  /** Ids of the checks of this portal. */
  checks: readonly string[];
  clock: () => Date;
}): Trigger<z.output<ReturnType<typeof parametersFor>>> {
  const { store, checks, clock } = services;
  return {
    id: 'verdict',
    title: 'A check is not passed',
    parameters: parametersFor(checks),
    variable: 'verdict',
    everything: { statuses: ['fail', 'warn'] },
    async see(repositoryId, wanted, options) {
      const subject = await readSubject(store, repositoryId, options);
      if (!subject) return { problems: [], ...goneRepository(repositoryId) };
      // Only then: they are of the reading that is said to be theirs, or of a newer one.
      const verdicts = await store.verdicts(repositoryId, {
        ...{ checks: wanted.checks, limit: MOST },
      });
      const before = clock().getTime() - wanted.minSince * 1000;
      const bad = verdicts
        .slice(0, MOST)
        .filter(({ status }) => (wanted.statuses as string[]).includes(status));
      return {
        problems: bad
          .filter(({ since }) => Date.parse(since) <= before)
          .map(verdict => ({
            problem: toProblem(verdict),
            values: { verdict: toVerdict(verdict) },
          })),
        gap:
          readingGap(subject) ??
          unknownOf(wanted.checks, verdicts, subject.name),
        commit: subject.headCommit,
        readAt: subject.collectedAt,
      };
    },
  };
}

function unknownOf(
  checks: readonly string[],
  verdicts: readonly ProvedVerdict[],
  name: string,
): Reason | null {
  const missing = checks.find(
    id => !verdicts.some(({ check }) => check === id),
  );
  const unknown = verdicts.find(({ status }) => status === 'unknown');
  if (missing === undefined && !unknown && verdicts.length <= MOST) return null;
  const check = missing ?? unknown?.check;
  return {
    code: 'unknown-verdict',
    message: check
      ? `Whether ${name} passes the check '${check}' is not known${
          unknown && missing === undefined ? `: ${unknown.message}` : '.'
        }`
      : `${name} has more than ${MOST} verdicts; the first are looked at.`,
    action: 'See the verdict on the Health page for what it lacks.',
  };
}

function toProblem(given: ProvedVerdict): StepProblem {
  const { check, status, message, subpath, title, evidence } = given;
  return {
    key: keyOf(check, subpath),
    ...{ kind: 'verdict', title: `${title}: ${message}` },
    verdict: {
      ...{ check, status, message, subpath },
      evidence: evidence.map(({ path, line, message: said }) => ({
        ...(path ? { path } : {}),
        ...(line ? { line } : {}),
        ...(said ? { text: said } : {}),
      })),
    },
  };
}
