import { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';
import {
  packageExportQuerySchema,
  type Component,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { eachPage } from '../inventory/eachPage';
import { writePackagesCsv } from '../inventory/writePackagesCsv';
import { writeBom } from '../reports/writeBom';
import type { PackageVersion } from '../store/security/packageVersions';
import { readerOfFindings } from './readFindings';
import { Download, defineRoute } from './Route';

const CYCLONEDX = 'application/vnd.cyclonedx+json';
/** A bill is one document in memory, and a part of one would be taken for all. */
const MOST_COMPONENTS = 50_000;

export const exportPackages = defineRoute({
  id: 'exportPackages',
  method: 'get',
  path: '/packages/export',
  summary:
    'Every version in use of packages of the fleet as CSV or CycloneDX 1.6',
  query: packageExportQuerySchema,
  response: z.instanceof(Download),
  downloads: ['text/csv', CYCLONEDX],
  async handle({ query: { format, ...query }, credentials }, services) {
    const { security, clock } = services;
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const pages = await eachPage(cursor =>
      security.packageVersions({ ...query, cursor }, visibility),
    );
    if (format === 'csv') {
      const rows = Readable.from(writePackagesCsv(pages));
      return new Download('text/csv', 'packages.csv', rows);
    }
    const components: Component[] = [];
    for await (const items of pages) {
      components.push(...items.map(toComponent));
      if (components.length > MOST_COMPONENTS) {
        throw new InputError(
          `A bill holds at most ${MOST_COMPONENTS} components, and these are more. Narrow them by name, ecosystem, licence or owner, or take them as CSV.`,
        );
      }
    }
    const text = writeBom(components, {
      ...{ name: query.owner ?? 'fleet', commit: null, now: clock().now },
    });
    return new Download(CYCLONEDX, 'packages.cdx.json', text);
  },
});

/** Of the whole fleet: there is no one place, nor one way by which it came. */
function toComponent(of: PackageVersion): Component {
  const { purl, ecosystem, name, version, licence } = of;
  return {
    ...{ purl, ecosystem, name, version, licence, requirement: null },
    ...{ path: '', line: null, direct: null, scope: 'unknown', chain: [] },
  };
}
