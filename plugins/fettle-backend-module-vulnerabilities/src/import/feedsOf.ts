import type { VulnerabilitiesConfig } from '../config/readVulnerabilitiesConfig';
import type { ImportedFeed } from './FeedImporter';
import { importFolder } from './folderFeed';

/** What is to be imported, as config has it. */
export function feedsOf({
  feeds,
}: VulnerabilitiesConfig): (ImportedFeed & { title: string })[] {
  return feeds.map(({ id, ecosystem, from }) => ({
    ...{ id, ecosystem, from },
    title: `OSV ${ecosystem}`,
    run: context =>
      from.kind === 'file'
        ? importFolder(from.path, context)
        : Promise.reject(new Error('not yet')),
  }));
}
