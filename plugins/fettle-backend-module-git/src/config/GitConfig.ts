import type { RemoteAddress } from '../locate/RemoteAddress';

/** What `fettle.git` says, read once at start. */
export interface GitConfig {
  repositories: ConfiguredRepository[];
  /** Absolute; besides those of `repositories`. */
  allowedFolders: string[];
  allowedHosts: { protocol: 'https' | 'http'; host: string }[];
  /** Absolute. */
  cacheDir: string;
  /** What relative folders are relative to. */
  projectFolder: string;
  concurrency: number;
  hostConcurrency: number;
  checkTimeoutMs: number;
  fetchTimeoutMs: number;
  maxMirrorBytes: number;
  maxFiles: number;
}

/** One line of `fettle.git.repositories`. */
export type ConfiguredRepository = {
  /** For messages: the key and the value, without credentials. */
  where: string;
} & ({ address: RemoteAddress } | { folder: string });
