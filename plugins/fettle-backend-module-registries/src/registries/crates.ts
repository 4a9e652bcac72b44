import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({
  vers: z.string(),
  yanked: z.boolean(),
  pubtime: time,
});

/** The sparse index: https://doc.rust-lang.org/cargo/reference/registry-index.html */
export const crates: RegistryKind = {
  id: 'crates',
  title: 'crates.io',
  ecosystem: 'crates.io',
  baseUrl: 'https://index.crates.io',
  isName: name => /^[a-z][\w-]{0,63}$/i.test(name),
  authorization: token => token,
  async read(api, name) {
    const text = await api.text(placeOf(name.toLowerCase()));
    return text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => api.parse(schema, line))
      .map(({ vers, yanked, pubtime }) => ({
        ...{ version: vers, yanked, publishedAt: pubtime },
      }));
  },
};

function placeOf(name: string): string {
  if (name.length <= 2) return `${name.length}/${name}`;
  if (name.length === 3) return `3/${name[0]}/${name}`;
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
}
