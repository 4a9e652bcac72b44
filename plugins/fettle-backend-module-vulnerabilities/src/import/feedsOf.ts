import type { VulnerabilitiesConfig } from '../config/readVulnerabilitiesConfig';
import { Downloader } from './Downloader';
import { importExploited, importFile, importScores } from './exploitationFeeds';
import type { ImportedFeed } from './FeedImporter';
import { importFolder } from './folderFeed';
import type { ImportLimits } from './limits';
import { importUrl } from './urlFeed';

/** Something to import, and how it is called. */
type TitledFeed = ImportedFeed & { title: string };

/** What is to be imported, as config has it. */
export function feedsOf(
  { feeds, epss, kev }: VulnerabilitiesConfig,
  limits: ImportLimits,
): TitledFeed[] {
  const downloader = new Downloader(limits);
  const all = feeds.map(
    ({ id, ecosystem, from }): TitledFeed => ({
      ...{ id, ecosystem, from },
      title: `OSV ${ecosystem}`,
      run: context =>
        from.kind === 'file'
          ? importFolder(from.path, context)
          : importUrl(from.url, downloader, context),
    }),
  );
  if (epss) {
    all.push({
      ...{ id: 'epss', title: 'EPSS', ecosystem: '', from: epss },
      run: context =>
        importFile(epss, downloader, context, path =>
          importScores(path, context),
        ),
    });
  }
  if (kev) {
    all.push({
      ...{ id: 'kev', title: 'Known exploited', ecosystem: '', from: kev },
      run: context =>
        importFile(kev, downloader, context, path =>
          importExploited(path, context),
        ),
    });
  }
  return all;
}
