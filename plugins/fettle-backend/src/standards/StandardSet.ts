import type { LoadedStandard, StandardProblem } from './LoadedStandard';

/** All standards, of config and of repositories, as they are now. */
export interface StandardSet {
  all(): readonly LoadedStandard[];
  problems(): readonly StandardProblem[];
  /** Changes with any of them. */
  digest(): string;
  /** Called after a file changed what `all` gives. */
  onChange(listener: () => void): void;
}
