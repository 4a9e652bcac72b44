import type { Release } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({
  packages: z.record(
    z.string(),
    z.array(
      z.object({
        version: z.string(),
        time,
        abandoned: z.union([z.string(), z.boolean()]).optional(),
      }),
    ),
  ),
});

/** https://packagist.org/apidoc#get-package-data */
export const packagist: RegistryKind = {
  id: 'packagist',
  title: 'Packagist',
  ecosystem: 'Packagist',
  baseUrl: 'https://repo.packagist.org',
  isName: name => /^[a-z0-9][a-z0-9_.-]*\/[a-z0-9][a-z0-9_.-]*$/i.test(name),
  async read(api, name) {
    const key = name.toLowerCase();
    const { packages } = await api.json(schema, `p2/${key}.json`);
    const versions = new Map(Object.entries(packages)).get(key);
    if (!versions) throw api.odd('another package');
    // An entry holds only what differs from the one before it.
    let abandoned: string | boolean = false;
    return versions.map((one): Release => {
      abandoned =
        one.abandoned === '__unset' ? false : one.abandoned ?? abandoned;
      const { version, time: publishedAt } = one;
      return { version, publishedAt, deprecated: abandoned !== false };
    });
  },
};
