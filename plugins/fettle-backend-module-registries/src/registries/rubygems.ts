import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.array(z.object({ number: z.string(), created_at: time }));

/** https://guides.rubygems.org/rubygems-org-api/#gem-version-methods; what was yanked is not in it. */
export const rubygems: RegistryKind = {
  id: 'rubygems',
  title: 'RubyGems',
  ecosystem: 'RubyGems',
  baseUrl: 'https://rubygems.org',
  isName: name => /^[\w-][\w.-]*$/.test(name),
  authorization: token => token,
  async read(api, name) {
    // One for each platform: the first is that of the newest.
    const found = await api.json(schema, `api/v1/versions/${name}.json`);
    return found.map(({ number, created_at: publishedAt }) => ({
      ...{ version: number, publishedAt },
    }));
  },
};
