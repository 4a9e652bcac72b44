import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const MAX_LISTED = 500;

/** The branches other than the default one. */
export const branchesFact = createFactRef({
  id: 'branches',
  schema: z.object({
    /** Oldest first, at most 500. */
    branches: z.array(
      z.object({
        name: z.string(),
        /** ISO 8601, UTC. */
        committedAt: z.string(),
        /** Null where it is not known. */
        merged: z.boolean().nullable(),
      }),
    ),
    /** All branches, the default one excluded. */
    count: z.number().int(),
    /** Branches that the source did not list: older than all those listed. */
    olderUnlisted: z.number().int(),
    /** Branches that were listed but not kept: younger than those kept. */
    youngerUnlisted: z.number().int(),
    hasDefault: z.boolean(),
  }),
});

/** Takes the branches from the snapshot. */
export const branchesFactCollector = createFactCollector({
  fact: branchesFact,
  version: 1,
  scope: 'repository',
  volatile: true,
  collect({ snapshot }) {
    const { branches, branchCount, defaultBranch } = snapshot;
    const others = branches
      .filter(branch => branch.name !== defaultBranch)
      .sort((a, b) => Date.parse(a.committedAt) - Date.parse(b.committedAt));
    return {
      branches: others
        .slice(0, MAX_LISTED)
        .map(({ name, committedAt, merged = null }) => ({
          name: name.slice(0, 250),
          committedAt,
          merged,
        })),
      count: branchCount - (defaultBranch === null ? 0 : 1),
      olderUnlisted: Math.max(0, branchCount - branches.length),
      youngerUnlisted: Math.max(0, others.length - MAX_LISTED),
      hasDefault: defaultBranch !== null,
    };
  },
});
