import { Readable } from 'node:stream';
import { packageUsesExportQuerySchema } from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { eachPage } from '../inventory/eachPage';
import { writeUsesCsv } from '../inventory/writePackagesCsv';
import { readerOfFindings } from './readFindings';
import { Download, defineRoute } from './Route';

export const exportPackageUses = defineRoute({
  id: 'exportPackageUses',
  method: 'get',
  path: '/packages/uses/export',
  summary: 'Every use of one package over the fleet as CSV',
  query: packageUsesExportQuerySchema,
  response: z.instanceof(Download),
  downloads: ['text/csv'],
  async handle({ query, credentials }, services) {
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const pages = await eachPage(cursor =>
      services.security.packageUses(
        { ...query, limit: 500, cursor },
        visibility,
      ),
    );
    const name = query.name.replace(/[^\w.-]+/g, '-');
    const rows = Readable.from(writeUsesCsv(pages));
    return new Download('text/csv', `${name}-uses.csv`, rows);
  },
});
