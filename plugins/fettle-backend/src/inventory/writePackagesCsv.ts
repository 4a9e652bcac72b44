import type { PackageUses } from 'backstage-plugin-fettle-common';
import { stringify } from 'csv-stringify/sync';
import type { PackageVersion } from '../store/security/packageVersions';

type Use = PackageUses['items'][number];
type Newest = Pick<PackageVersion, 'newest' | 'behind'>;

const PACKAGES = {
  ecosystem: (one: PackageVersion) => one.ecosystem,
  name: (one: PackageVersion) => one.name,
  version: (one: PackageVersion) => one.version ?? '',
  licence: (one: PackageVersion) => one.licence ?? '',
  repositories: (one: PackageVersion) => one.repositories,
  newest: newestText,
  'newest from': newestFrom,
  behind: behindText,
  purl: (one: PackageVersion) => one.purl,
};

const USES = {
  repository: (one: Use) => one.repository,
  owners: (one: Use) => one.owners.join(' '),
  ecosystem: (one: Use) => one.ecosystem,
  name: (one: Use) => one.name,
  version: (one: Use) => one.version ?? '',
  'not comparable': (one: Use) => (one.comparable ? '' : 'yes'),
  requirement: (one: Use) => one.requirement ?? '',
  newest: newestText,
  'newest from': newestFrom,
  behind: behindText,
  licence: (one: Use) => one.licence ?? '',
  scope: (one: Use) => one.scope,
  direct: (one: Use) => (one.direct === null ? '' : String(one.direct)),
  path: (one: Use) => one.path,
  purl: (one: Use) => one.purl,
};

/** Versions in use as CSV, some rows at a time. */
export const writePackagesCsv = (
  pages: AsyncIterable<readonly PackageVersion[]>,
) => writeCsv(pages, PACKAGES);

/** Uses of a package as CSV, some rows at a time. */
export const writeUsesCsv = (pages: AsyncIterable<readonly Use[]>) =>
  writeCsv(pages, USES);

async function* writeCsv<T>(
  pages: AsyncIterable<readonly T[]>,
  columns: Record<string, (row: T) => string | number>,
): AsyncGenerator<string> {
  const cells = Object.values(columns);
  // Formulas are written so that no spreadsheet computes them: names come from outside.
  const write = (rows: unknown[][]) =>
    stringify(rows, { escape_formulas: true });
  yield write([Object.keys(columns)]);
  for await (const rows of pages) {
    if (rows.length > 0) {
      yield write(rows.map(row => cells.map(cell => cell(row))));
    }
  }
}

function newestText({ newest }: Newest): string {
  return newest?.version ?? '';
}

function newestFrom({ newest }: Newest): string {
  return newest?.from ?? '';
}

/** Empty where it is not known. */
function behindText({ behind }: Newest): string {
  if (!behind) return '';
  return behind.by > 0 ? `${behind.by} ${behind.step}` : behind.step;
}
