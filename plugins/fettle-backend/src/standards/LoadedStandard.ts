import type {
  MergeStrategy,
  Reason,
  Standard,
} from 'backstage-plugin-fettle-common';
import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import type { Expression } from '../policies/language/compile';

/** One file of a standard. */
export interface StandardFile {
  path: string;
  strategy: MergeStrategy;
  content: string;
  /** Whether `content` is a template. */
  template: boolean;
  /** CEL; null for always. */
  when: Expression | null;
  executable: boolean;
  lists: 'replace' | 'add';
}

/** A standard whose every part is right. */
export interface LoadedStandard {
  view: Standard;
  /** CEL of the scope. */
  when: Expression | null;
  parameters: Record<string, unknown>;
  files: StandardFile[];
  settings: RepositorySettings;
  /** Changes with everything that counts. */
  digest: string;
}

/** A standard that is written wrong. */
export interface StandardProblem {
  repository: string;
  path: string;
  line: number | null;
  reason: Reason;
}
