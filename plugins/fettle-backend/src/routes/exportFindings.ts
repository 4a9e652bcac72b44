import {
  findingQuerySchema,
  type Finding,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { writeFindingsCsv } from '../reports/writeCsv';
import { hidePlace, readerOfFindings } from './readFindings';
import { Download, defineRoute } from './Route';

/** More rows no one reads; filters narrow them. */
const MOST_ROWS = 50_000;

export const exportFindings = defineRoute({
  id: 'exportFindings',
  method: 'get',
  path: '/findings/export',
  summary: 'Findings of every repository as CSV',
  query: findingQuerySchema.omit({ cursor: true, limit: true }),
  response: z.instanceof(Download),
  downloads: ['text/csv'],
  async handle({ query, credentials }, services) {
    const { store, security } = services;
    const { visibility, seeSecrets } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const names = new Map(
      (await store.listLocations()).map(({ id, name }) => [id, name]),
    );
    const findings: (Finding & { repository: string })[] = [];
    let cursor: string | undefined;
    do {
      const page = await security.findings(
        { ...query, limit: 200, cursor },
        visibility,
      );
      for (const finding of page.items) {
        const repository = names.get(finding.repositoryId) ?? '';
        findings.push({ ...hidePlace(finding, seeSecrets), repository });
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && findings.length < MOST_ROWS);
    const text = writeFindingsCsv(findings);
    return new Download('text/csv', 'findings.csv', text);
  },
});
