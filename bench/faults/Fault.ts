import type { Files, Repository } from '../measure/Repository';
import type { DemoCi } from './DemoCi';

/** One thing that was made wrong. */
export interface Fault {
  kind: string;
  playbook: string;
  repository: Repository;
  /** Whether it can be put right; else a person has to be told. */
  curable: boolean;
  /** Whether it is right now, read from Git and from the records of the CI. */
  isRight(ci: DemoCi): Promise<boolean>;
}

/** A repository as it is to be in the end, whoever changed it. */
export interface Expected {
  repository: Repository;
  files: Files;
  /** Branches besides the default one. */
  branches: string[];
  /** What its default branch has to contain still. */
  commits: string[];
}

/** Equal as texts, or as JSON: tools of packages write it in their own way. */
export function sameFile(path: string, one?: string, other?: string): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return (
    path === 'package-lock.json' &&
    sorted(JSON.parse(one)) === sorted(JSON.parse(other))
  );
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
}
