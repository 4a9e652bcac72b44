import type { LoadedStandard, StandardProblem } from './LoadedStandard';

/** All standards, of config and of repositories, as they are now. */
export interface StandardSet {
  all(): readonly LoadedStandard[];
  problems(): readonly StandardProblem[];
  /** Changes with any of them, and when the last folder was read. */
  digest(): string;
  /**
   * Whether every folder was read since the backend started. Until then one
   * that is not here may only not be read yet.
   */
  wasRead(): boolean;
  /** Called after a file changed what `all` gives. */
  onChange(listener: () => void): void;
}
