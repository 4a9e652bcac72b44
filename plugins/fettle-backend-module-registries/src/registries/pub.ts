import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({
  isDiscontinued: z.boolean().default(false),
  versions: z.array(
    z.object({
      version: z.string(),
      published: time,
      retracted: z.boolean().default(false),
    }),
  ),
});

/** https://github.com/dart-lang/pub/blob/master/doc/repository-spec-v2.md */
export const pub: RegistryKind = {
  id: 'pub',
  title: 'pub.dev',
  ecosystem: 'Pub',
  baseUrl: 'https://pub.dev',
  isName: name => /^\w+$/.test(name),
  async read(api, name) {
    const found = await api.json(
      ...([
        schema,
        `api/packages/${name}`,
        'application/vnd.pub.v2+json',
      ] as const),
    );
    return found.versions.map(({ version, published, retracted }) => ({
      ...{ version, publishedAt: published, yanked: retracted },
      deprecated: found.isDiscontinued,
    }));
  },
};
