import { Download, defineRoute } from './Route';
import { componentExportQuerySchema } from 'backstage-plugin-fettle-common';
import type { ListedComponent } from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { writeBom } from '../reports/writeBom';
import { writeComponentsCsv } from '../reports/writeCsv';
import { readerOfRepository } from './readFindings';

export const exportComponents = defineRoute({
  id: 'exportComponents',
  method: 'get',
  path: '/repositories/:id/components/export',
  summary: 'The components of a repository as CycloneDX 1.6 or CSV',
  query: componentExportQuerySchema,
  response: z.instanceof(Download),
  downloads: ['application/vnd.cyclonedx+json', 'text/csv'],
  async handle({ params, query, credentials }, services) {
    const { store, security, clock } = services;
    const { summary, visibility } = await readerOfRepository(
      ...([params.id, credentials, services] as const),
    );
    const components: ListedComponent[] = [];
    let cursor: string | undefined;
    do {
      const page = await security.components(
        params.id,
        { subpath: query.subpath, limit: 500, cursor },
        visibility,
      );
      components.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const name = summary.name.replace(/[^\w.-]+/g, '-');
    if (query.format === 'csv') {
      const text = writeComponentsCsv(components);
      return new Download('text/csv', `${name}-components.csv`, text);
    }
    const repository = await store.getRepository(params.id);
    const text = writeBom(components, {
      name: summary.name,
      commit: repository?.headCommit ?? null,
      now: clock().now,
    });
    const type = 'application/vnd.cyclonedx+json';
    return new Download(type, `${name}.cdx.json`, text);
  },
});
