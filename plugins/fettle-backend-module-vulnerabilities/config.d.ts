import type { HumanDuration } from '@backstage/types';

export interface Config {
  fettle?: {
    vulnerabilities?: {
      /**
       * Where advisories come from, each in the layout in which osv.dev exports
       * them. Default: nowhere, and nothing is asked for.
       */
      feeds?: Array<{
        /** As OSV calls it: `npm`, `PyPI`, `Maven`, `Go`, `crates.io`, `RubyGems`, `Packagist`, `NuGet`, `Pub`, `Hex`, `SwiftURL`, `GitHub Actions`. One of `ecosystem` and `ecosystems`. */
        ecosystem?: string;
        ecosystems?: string[];
        /**
         * The address, or the folder on this server, below which there is
         * `<ecosystem>/all.zip`; in a folder also, or instead,
         * `<ecosystem>/<id>.json`. Default: osv.dev's own,
         * `https://osv-vulnerabilities.storage.googleapis.com`.
         */
        from?: string;
      }>;
      /** How often feeds are looked at. Default: every hour for addresses, every 10 seconds for folders. */
      refresh?: HumanDuration | string;
      /** Chances of exploitation: the address or file of FIRST's `epss_scores-current.csv.gz`. */
      epss?: string;
      /** Known exploited vulnerabilities: the address or file of CISA's `known_exploited_vulnerabilities.json`. */
      kev?: string;
    };
  };
}
