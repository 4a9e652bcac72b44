import type { HumanDuration } from '@backstage/types';

export interface Config {
  fettle?: {
    /** How Fettle reads repositories with system git. */
    git?: {
      /**
       * Repositories to read besides those that entities name: a remote
       * (`https://…`, `ssh://…`, `user@host:path`), a folder that is a
       * repository, or a folder whose children or their children are.
       * Relative folders are looked for in the working directory of the
       * backend, then in the folder of `backstage.json`. Credentials in a
       * remote are taken out of whatever is said, stored or shown; better
       * keep them in `integrations`.
       * @visibility backend
       */
      repositories?: string[];
      /**
       * Folders in which annotations of entities may name repositories,
       * besides those of `repositories`.
       * @visibility backend
       */
      allowedFolders?: string[];
      /**
       * Hosts on which annotations of entities may name repositories, besides
       * those of `integrations` and `repositories`; with `http://` in front
       * for a host without encryption.
       * @visibility backend
       */
      allowedHosts?: string[];
      /**
       * Where copies of remotes are kept. By default `fettle-git-cache` in
       * `backend.workingDirectory`, else in the system's temporary folder.
       * @visibility backend
       */
      cacheDir?: string;
      /**
       * How many repositories are read at once: as many remotes, and as many folders. Default 8.
       * @visibility backend
       */
      concurrency?: number;
      /**
       * How many remotes of one host are read at once. Default 4.
       * @visibility backend
       */
      hostConcurrency?: number;
      /**
       * How long a host may take to say what it has. Default 30 seconds.
       * @visibility backend
       */
      checkTimeout?: string | HumanDuration;
      /**
       * How long fetching may take. Default 10 minutes.
       * @visibility backend
       */
      fetchTimeout?: string | HumanDuration;
      /**
       * A remote whose copy grows over this is given up. Default 10240.
       * @visibility backend
       */
      maxMirrorMegabytes?: number;
      /**
       * A commit with more files is not read. Default 500000.
       * @visibility backend
       */
      maxFiles?: number;
    };
  };
}
