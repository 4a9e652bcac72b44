import { SourceError } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const MOST_PAGES = 50;

const leaves = z.array(
  z.object({
    catalogEntry: z.object({
      version: z.string(),
      published: time,
      listed: z.boolean().default(true),
      deprecation: z.object({}).optional(),
    }),
  }),
);
const index = z.object({
  items: z.array(z.object({ '@id': z.string(), items: leaves.optional() })),
});
const page = z.object({ items: leaves });

/** https://learn.microsoft.com/nuget/api/registration-base-url-resource */
export const nuget: RegistryKind = {
  id: 'nuget',
  title: 'NuGet',
  ecosystem: 'NuGet',
  baseUrl: 'https://api.nuget.org/v3/registration5-gz-semver2',
  isName: name => /^\w[\w.-]{0,99}$/.test(name),
  async read(api, name) {
    const { items } = await api.json(index, `${name.toLowerCase()}/index.json`);
    if (items.length > MOST_PAGES) {
      throw new SourceError(
        'too-large',
        `The versions of ${name} are on ${items.length} pages; Fettle reads ${MOST_PAGES}.`,
        'Nothing is to be done: its newest version stays unknown.',
      );
    }
    const found: z.output<typeof leaves> = [];
    for (const one of items) {
      const address = one['@id'];
      if (one.items) {
        found.push(...one.items);
      } else if (!address.startsWith(`${api.baseUrl}/`)) {
        throw api.odd('a page that lies elsewhere');
      } else {
        found.push(...(await api.json(page, address)).items);
      }
    }
    return found.map(({ catalogEntry: entry }) => ({
      version: entry.version,
      // What is not listed was published in the year 1900.
      publishedAt: entry.listed ? entry.published : undefined,
      yanked: !entry.listed,
      deprecated: entry.deprecation !== undefined,
    }));
  },
};
