import { InputError } from '@backstage/errors';
import {
  findingExportQuerySchema,
  type Finding,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { writeFindingsSarif } from '../reports/writeFindingsSarif';
import { writeFindingsCsv } from '../reports/writeCsv';
import { hidePlace, readerOfFindings } from './readFindings';
import { Download, defineRoute } from './Route';

const SARIF = 'application/sarif+json';
/** More rows no one reads, and a part would be taken for all. */
const MOST_ROWS = 50_000;

export const exportFindings = defineRoute({
  id: 'exportFindings',
  method: 'get',
  path: '/findings/export',
  summary: 'Findings of every repository as CSV or SARIF',
  query: findingExportQuerySchema,
  response: z.instanceof(Download),
  downloads: ['text/csv', SARIF],
  async handle({ query: { format, ...query }, credentials }, services) {
    const { store, security } = services;
    const { visibility, seeSecrets } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const locations = new Map(
      (await store.listLocations()).map(one => [one.id, one]),
    );
    const findings: (Finding & { repository: string; remote: string })[] = [];
    let cursor: string | undefined;
    do {
      const page = await security.findings(
        { ...query, limit: 200, cursor },
        visibility,
      );
      for (const finding of page.items) {
        const { name = '', remote = '' } =
          locations.get(finding.repositoryId) ?? {};
        findings.push({
          ...hidePlace(finding, seeSecrets),
          ...{ repository: name, remote },
        });
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && findings.length < MOST_ROWS);
    if (cursor !== undefined) {
      throw new InputError(
        `There are more than ${MOST_ROWS} findings. Narrow them by kind, severity, state or rule.`,
      );
    }
    return format === 'sarif'
      ? new Download(SARIF, 'findings.sarif', writeFindingsSarif(findings))
      : new Download('text/csv', 'findings.csv', writeFindingsCsv(findings));
  },
});
