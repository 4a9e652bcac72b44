import { z } from 'zod';
import { reasonSchema } from './repositories';

/**
 * What a component is for: `runtime` goes into what is delivered, `development`
 * is needed to build and test, `optional` may be left out, and `unknown` is
 * what the file does not tell.
 *
 * @public
 */
export const componentScopeSchema = z.enum([
  'runtime',
  'development',
  'optional',
  'unknown',
]);

/** @public */
export type ComponentScope = z.infer<typeof componentScopeSchema>;

/**
 * A package at a version, as one file of a repository names it.
 *
 * @public
 */
export const componentSchema = z.object({
  /** Package URL, without a version where that is not known. */
  purl: z.string(),
  /** As OSV calls it, for example `npm`, `PyPI`, `crates.io`; other kinds of packages by their purl type. */
  ecosystem: z.string(),
  /** As OSV writes it, for example `@babel/core`, `org.slf4j:slf4j-api`. */
  name: z.string(),
  /** Null where the file gives only what it asks for. */
  version: z.string().nullable(),
  /** What a manifest asks for, for example `^1.2.0`. */
  requirement: z.string().nullable(),
  /** SPDX expression or the package's own words; null where it is not known. */
  licence: z.string().nullable(),
  /** The file that names it, inside the repository. */
  path: z.string(),
  line: z.number().int().nullable(),
  /** The place on the host, at the commit that was scanned, when the host has pages. */
  url: z.string().optional(),
  /** Whether the repository asks for it by itself; null where the file does not tell. */
  direct: z.boolean().nullable(),
  scope: componentScopeSchema,
  /** The packages by which it came, from the one that is asked for to the last before it; empty for direct ones and where the file does not tell. */
  chain: z.array(z.string()),
});

/** @public */
export type Component = z.infer<typeof componentSchema>;

/**
 * The newest version of a package that is known. Pre-releases and what was
 * withdrawn are left out.
 *
 * @public
 */
export const newestVersionSchema = z.object({
  version: z.string(),
  /** `registry`: there is no newer one, as of `checkedAt`. `fleet`: the newest that repositories use which the reader may see; there may be newer ones. */
  from: z.enum(['registry', 'fleet']),
  /** ISO 8601; null where it is not known. */
  publishedAt: z.string().nullable(),
  /** When the registry answered last; null where it never did. */
  checkedAt: z.string().nullable(),
  /** Why the registry did not answer, or not since. */
  problem: reasonSchema.nullable(),
});

/** @public */
export type NewestVersion = z.infer<typeof newestVersionSchema>;

/**
 * How far a version is behind the newest one, where both have three numbers by
 * the first in which they differ.
 *
 * @public
 */
export const behindSchema = z.object({
  /** `newer`: there is a newer one, and the numbers do not tell how far. */
  step: z.enum(['none', 'patch', 'minor', 'major', 'newer']),
  /** How many of these steps; 0 for `none` and `newer`. */
  by: z.number().int(),
});

/** @public */
export type Behind = z.infer<typeof behindSchema>;

/** A component beside the newest version of its package. @public */
export const listedComponentSchema = componentSchema.extend({
  /** Null where none is known. */
  newest: newestVersionSchema.nullable(),
  /** Null where it is not known. */
  behind: behindSchema.nullable(),
});

/** @public */
export type ListedComponent = z.infer<typeof listedComponentSchema>;

/** Query of `GET /repositories/:id/components`. @public */
export const componentQuerySchema = z.object({
  /** Only those of files below this folder. */
  subpath: z.string().max(500).default(''),
  /** Matches names, case-insensitively. */
  search: z.string().max(200).optional(),
  ecosystem: z.string().max(64).optional(),
  scope: componentScopeSchema.optional(),
  direct: z.stringbool().optional(),
  /** True: those of which a newer version is known; false: those that are the newest known. */
  behind: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type ComponentQuery = z.infer<typeof componentQuerySchema>;

/** @public */
export const componentPageSchema = z.object({
  /** By name, version and path. */
  items: z.array(listedComponentSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type ComponentPage = z.infer<typeof componentPageSchema>;

/** Query of `GET /repositories/:id/components/export`. @public */
export const componentExportQuerySchema = z.object({
  subpath: z.string().max(500).default(''),
  format: z.enum(['cyclonedx', 'csv']).default('cyclonedx'),
});

/** Filters of uses: the repositories of an owner, the versions under a licence. */
const useFilters = {
  /** A licence as it is stored, or an SPDX id that its expression names; case-insensitive. */
  licence: z.string().min(1).max(200).optional(),
  /** Entity ref. */
  owner: z.string().min(1).max(300).optional(),
};

/** Query of `GET /packages`: who uses what. @public */
export const packageQuerySchema = z.object({
  /** Matches names, case-insensitively. */
  search: z.string().max(200).optional(),
  ecosystem: z.string().max(64).optional(),
  ...useFilters,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type PackageQuery = z.infer<typeof packageQuerySchema>;

/** Query of `GET /packages/export`: every version in use of the packages that fit. @public */
export const packageExportQuerySchema = packageQuerySchema
  .omit({ limit: true, cursor: true })
  .extend({ format: z.enum(['csv', 'cyclonedx']).default('csv') });

/** @public */
export type PackageExportQuery = z.infer<typeof packageExportQuerySchema>;

/** One package of the fleet. @public */
export const packageSchema = z.object({
  ecosystem: z.string(),
  name: z.string(),
  /** Repositories that the reader may see and that use it, as far as the filters leave them. */
  repositories: z.number().int(),
  /** How many repositories use each version, the most used first. At most 20. */
  versions: z.array(
    z.object({
      version: z.string().nullable(),
      repositories: z.number().int(),
      /** Null where it is not known. */
      behind: behindSchema.nullable(),
    }),
  ),
  versionCount: z.number().int(),
  /** Null where none is known. */
  newest: newestVersionSchema.nullable(),
  /** Open findings about it in those repositories. */
  findings: z.number().int(),
});

/** @public */
export type Package = z.infer<typeof packageSchema>;

/** @public */
export const packagePageSchema = z.object({
  /** Most used first. */
  items: z.array(packageSchema),
  nextCursor: z.string().nullable(),
  /** What there is to choose from: of everything that the reader may see, whatever the filters. */
  ecosystems: z.array(z.string()),
  owners: z.array(z.string()),
  revision: z.number().int(),
});

/** @public */
export type PackagePage = z.infer<typeof packagePageSchema>;

/** Query of `GET /packages/uses`: every use of one package. @public */
export const packageUsesQuerySchema = z.object({
  ecosystem: z.string().min(1).max(64),
  name: z.string().min(1).max(500),
  /** Exactly this version. */
  version: z.string().max(200).optional(),
  /**
   * Versions in this range, in the order of the ecosystem, and those that
   * cannot be compared: `>=1.2 <2`, with `||` between alternatives.
   */
  range: z.string().trim().min(1).max(200).optional(),
  ...useFilters,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type PackageUsesQuery = z.infer<typeof packageUsesQuerySchema>;

/** Query of `GET /packages/uses/export`: the same uses as CSV. @public */
export const packageUsesExportQuerySchema = packageUsesQuerySchema.omit({
  limit: true,
  cursor: true,
});

/** @public */
export type PackageUsesExportQuery = z.infer<
  typeof packageUsesExportQuerySchema
>;

/** @public */
export const packageUsesSchema = z.object({
  items: z.array(
    listedComponentSchema.extend({
      repositoryId: z.string(),
      repository: z.string(),
      owners: z.array(z.string()),
      /** False where a range is asked for, and nobody can say whether the version is in it. */
      comparable: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
  /** Of every page. */
  total: z.number().int(),
  /** Of those, not comparable with the range. */
  notComparable: z.number().int(),
  /** Whose repositories use it that the reader may see, whatever the filters. */
  owners: z.array(z.string()),
  revision: z.number().int(),
});

/** @public */
export type PackageUses = z.infer<typeof packageUsesSchema>;
