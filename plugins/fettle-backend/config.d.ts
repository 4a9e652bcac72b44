import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Fettle keeps repositories in good condition. */
  fettle?: {
    /** A reading older than this is shown as stale. Default: 6 hours. */
    staleAfter?: HumanDuration | string;
    discover?: {
      /** How often the catalog and the sources are asked which repositories there are. Default: 30 seconds. */
      every?: HumanDuration | string;
      /** Kinds of entities whose source location names their repository. Default: Component. */
      kinds?: string[];
      /** What the catalog and the sources no longer name is forgotten, history included, after this. Default: 10 minutes. */
      forgetAfter?: HumanDuration | string;
    };
    collect?: {
      /** How often a repository is read when nothing tells of a change. Default: 1 hour. */
      every?: HumanDuration | string;
      /** How long one reading may take. Default: 5 minutes. */
      timeout?: HumanDuration | string;
      /** Readings at the same time in one replica. Default: 8. */
      concurrency?: number;
    };
    history?: {
      /** History older than this many days is deleted. Default: 400. */
      keepDays?: number;
    };
    /** Settings of single checks, by their id. */
    checks?: {
      [id: string]: {
        /** Default: true. */
        enabled?: boolean;
        /** Share in the score relative to other checks, 0.001 to 100; 0 shows the verdict without scoring it. */
        weight?: number;
        /** The check's own parameters; its page in the portal and `GET /api/fettle/checks` list them. */
        parameters?: { [name: string]: unknown };
      };
    };
  };
}
