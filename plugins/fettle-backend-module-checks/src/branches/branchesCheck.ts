import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { globsSchema, matcher } from '../paths/globs';
import { counted } from '../text/counted';
import { dayOf, daysBetween } from '../text/days';
import { branchesFact } from './branchesFact';

/** Branches that live long by design: shared lines, releases, published pages. */
const LONG_LIVED = [
  '{main,master,trunk,default,develop,development,dev,next,seen,staging,stage,preview,qa,uat,test,production,prod,live,todo}',
  '{gh-pages,pages,docs,website,gh-readonly-queue/**}',
  '{release,releases,stable,maint,maintenance,support,lts,hotfix,version,backport}',
  '{release,releases,stable,maint,maintenance,support,lts,version,env,deploy}/**',
  '{release,releases,rel,stable,maint,maintenance,support,lts,version}-*',
  '*-{release,releases,stable,maint,maintenance,lts,dev}',
  // A version at the end, as in v2, 4.x, 3.12, rust-1.80.0, jdk-21.
  '{v[0-9]*,[0-9]*.[0-9x]*,[0-9]*-stable,[0-9]*[-.]x,*[-_][0-9]*.[0-9x]*,*[-_]v[0-9]*}',
];

/** No branches left lying. */
export const branchesCheck = createCheck({
  id: 'stale-branches',
  title: 'Stale branches',
  group: 'Hygiene',
  why: 'Abandoned branches hide unfinished work and secrets, and make it hard to find the branches that matter.',
  fix: 'Delete the branches listed, or merge what is worth keeping; let the host delete branches when it merges them.',
  appliesTo: 'Repositories with branches besides the default one',
  // Branches belong to the repository, not to one of its folders.
  scope: 'repository',
  weight: 1,
  facts: { branches: branchesFact },
  parameters: z
    .strictObject({
      /** Days without a commit after which a branch is stale: a quarter. */
      staleAfterDays: z.number().int().min(1).max(3650).default(90),
      /** Days after its last commit that a merged branch may stay. */
      mergedAfterDays: z.number().int().min(0).max(3650).default(30),
      /** Names of branches that may rest. */
      protected: globsSchema.default(LONG_LIVED),
      /** So many stale branches are a warning. One or two are forgotten everywhere. */
      warnAt: z.number().int().min(1).max(10_000).default(3),
      /** So many are a failure: more than fit on the first page of a host's list. */
      failAt: z.number().int().min(1).max(10_000).default(20),
    })
    .refine(p => p.warnAt <= p.failAt, {
      message: 'warnAt must not be more than failAt',
      path: ['warnAt'],
    }),
  evaluate({ facts: { branches: fact }, parameters, now }): CheckResult {
    if (!fact.hasDefault) {
      return {
        status: 'unknown',
        message:
          'Without a default branch it cannot be told which branches are left over.',
      };
    }
    if (fact.count <= 0) {
      return {
        status: 'not-applicable',
        message: 'There are no branches besides the default one.',
      };
    }
    const rests = matcher(parameters.protected);
    const stale = fact.branches
      .map(b => ({ ...b, days: daysBetween(b.committedAt, now) }))
      .filter(
        ({ name, merged, days }) =>
          !rests(name) &&
          (days > parameters.staleAfterDays ||
            (merged === true && days > parameters.mergedAfterDays)),
      );
    const merged = stale.filter(branch => branch.merged).length;
    const unlisted = fact.olderUnlisted + fact.youngerUnlisted;
    const least = unlisted > 0 ? 'At least ' : '';
    const message = `${least}${stale.length} of ${counted(
      fact.count,
      'branch',
      'branches',
    )} stale${
      stale.length > 0
        ? `, ${merged} of them merged; the oldest since ${dayOf(
            stale[0].committedAt,
          )}`
        : ''
    }.`;
    const evidence = stale.map(({ name, days, merged: done, committedAt }) => ({
      message: `${name}: last commit on ${dayOf(
        committedAt,
      )}, ${days} days ago${done ? ', merged' : ''}.`,
    }));
    if (stale.length >= parameters.failAt) {
      return { status: 'fail', message, evidence };
    }
    // What is not listed could tip it, so that less than a failure is not proved.
    if (unlisted > 0) return { status: 'unknown', message, evidence };
    const status = stale.length >= parameters.warnAt ? 'warn' : 'pass';
    return { status, message, evidence };
  },
});
