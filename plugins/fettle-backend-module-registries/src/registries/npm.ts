import { SourceError } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z
  .object({
    versions: z
      .record(
        z.string(),
        z.object({ deprecated: z.union([z.string(), z.boolean()]).optional() }),
      )
      .optional(),
    // Also when it was made, changed, and taken away.
    time: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ versions, time: times }) => versions ?? times);

/** Installers read this one: a tenth of the size, and without times. */
const SHORT = 'application/vnd.npm.install-v1+json';

/** https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
export const npm: RegistryKind = {
  id: 'npm',
  title: 'npm',
  ecosystem: 'npm',
  baseUrl: 'https://registry.npmjs.org',
  isName: name => /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/.test(name),
  async read(api, name) {
    const path = name.replace('/', '%2f');
    const found = await api.json(schema, path).catch(error => {
      if ((error as SourceError).code !== 'too-large') throw error;
      return api.json(schema, path, SHORT);
    });
    const times = new Map(Object.entries(found.time ?? {}));
    return Object.entries(found.versions ?? {}).map(
      ([version, { deprecated }]) => ({
        version,
        publishedAt: time.safeParse(times.get(version)).data,
        // An empty text takes a deprecation back.
        deprecated: Boolean(deprecated),
      }),
    );
  },
};
