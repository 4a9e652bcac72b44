import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({
  releases: z.array(z.object({ version: z.string(), inserted_at: time })),
  retirements: z.record(z.string(), z.unknown()).default({}),
});

/** https://github.com/hexpm/specifications/blob/main/apiary.apib */
export const hex: RegistryKind = {
  id: 'hex',
  title: 'Hex',
  ecosystem: 'Hex',
  baseUrl: 'https://hex.pm',
  isName: name => /^[a-z]\w*$/.test(name),
  authorization: token => token,
  async read(api, name) {
    const found = await api.json(schema, `api/packages/${name}`);
    return found.releases.map(({ version, inserted_at: publishedAt }) => ({
      ...{ version, publishedAt },
      yanked: Object.hasOwn(found.retirements, version),
    }));
  },
};
