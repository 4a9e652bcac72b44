import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({
  releases: z.record(
    z.string(),
    z.array(
      z.object({
        upload_time_iso_8601: time,
        yanked: z.boolean().default(false),
      }),
    ),
  ),
});

/** https://docs.pypi.org/api/json/ */
export const pypi: RegistryKind = {
  id: 'pypi',
  title: 'PyPI',
  ecosystem: 'PyPI',
  baseUrl: 'https://pypi.org',
  isName: name => /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name),
  async read(api, name) {
    const normal = name.replace(/[-_.]+/g, '-').toLowerCase();
    const { releases } = await api.json(schema, `pypi/${normal}/json`);
    return (
      Object.entries(releases)
        // Without a file there is nothing to install.
        .filter(([, files]) => files.length > 0)
        .map(([version, files]) => ({
          version,
          publishedAt: files
            .flatMap(file => file.upload_time_iso_8601 ?? [])
            .sort()
            .at(0),
          yanked: files.every(({ yanked }) => yanked),
        }))
    );
  },
};
