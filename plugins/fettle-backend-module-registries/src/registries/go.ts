import { newestRelease, SourceError } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { time } from '../api/time';
import type { RegistryKind } from '../RegistryKind';

const schema = z.object({ Time: time });
const VERSION = /^v\d+\.\d+\.\d+[\w.+-]*$/;

/** https://go.dev/ref/mod#goproxy-protocol */
export const go: RegistryKind = {
  id: 'go',
  title: 'Go module proxy',
  ecosystem: 'Go',
  baseUrl: 'https://proxy.golang.org',
  // The first part is a domain; what has none ships with Go.
  isName: name =>
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w~-][\w.~-]*)*$/i.test(name),
  async read(api, name) {
    const base = escape(name);
    const text = await api.text(`${base}/@v/list`);
    const versions = text.split('\n').flatMap(line => line.trim() || []);
    if (!versions.every(version => VERSION.test(version))) {
      throw api.odd('text that is no list of versions');
    }
    // Without the v, as advisories and the inventory have it.
    const releases = versions.map(version => ({ version: version.slice(1) }));
    // Each takes a request of its own.
    const newest = newestRelease('Go', releases);
    if (!newest) return releases;
    const path = `${base}/@v/v${escape(newest.version)}.info`;
    const publishedAt = await api.json(schema, path).then(
      info => info.Time,
      (error: SourceError) => {
        // That there is such a version is known without it.
        if (error.code === 'not-found') return undefined;
        throw error;
      },
    );
    return releases.map(one =>
      one === newest && publishedAt ? { ...one, publishedAt } : one,
    );
  },
};

/** For file systems that do not tell upper case from lower case. */
function escape(text: string): string {
  return text.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}
