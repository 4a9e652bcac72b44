/** How a run of git ended, where it did not end well. */
export type GitFailureKind =
  | 'exit'
  | 'timeout'
  | 'aborted'
  | 'too-much-output'
  | 'not-installed';

/** A run of git that failed. `stderr` is already free of credentials. */
export class GitFailure extends Error {
  readonly name = 'GitFailure';

  constructor(
    readonly kind: GitFailureKind,
    /** The subcommand, for example `ls-tree`; never the arguments. */
    readonly command: string,
    readonly stderr: string,
    readonly limit?: number,
  ) {
    super(`git ${command}: ${kind}${stderr ? `: ${stderr}` : ''}`);
  }
}
