/** What a name of a commit stands for. */
export interface ResolvedTag {
  commit: string;
  /** The most exact version that names the commit: `v4.2.1` for `v4`. */
  version: string;
}

/** Knows which commits tags and branches of repositories on hosts are at. */
export interface TagResolver {
  /** False where no host is configured. */
  readonly isConfigured: boolean;
  /**
   * `repository` is `owner/name`; undefined where it or the name is not there.
   *
   * @throws SourceError where the host gives no answer
   */
  resolve(
    repository: string,
    ref: string,
    options: { signal: AbortSignal },
  ): Promise<ResolvedTag | undefined>;
}
