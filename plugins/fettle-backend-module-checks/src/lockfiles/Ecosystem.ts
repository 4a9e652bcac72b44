/**
 * What a manifest's dependencies ask for: nothing (it has none), a lockfile, or,
 * for a library, a lockfile that its own users will never see.
 */
export type LockNeed = 'none' | 'application' | 'library';

/** A manifest that was found. */
export interface Manifest {
  /** `''` is the root. */
  folder: string;
  text: string;
  /** Whether a file lies beside it, or below by a path that the ecosystem named. */
  has(name: string): boolean;
}

/** A folder above a manifest that may be the root of its workspace. */
export interface WorkspaceRoot {
  folder: string;
  /** Text of one of the ecosystem's `workspaceFiles`, undefined where it is not there. */
  text(name: string): string | undefined;
}

/** How one package manager declares and locks dependencies. */
export interface Ecosystem {
  name: string;
  /** File names, best first. */
  manifests: readonly string[];
  /** Accepted lockfiles, as paths from the manifest's folder. */
  lockfiles: readonly string[];
  /** Other files beside or below a manifest that `need` asks about. */
  signs?: readonly string[];
  /** Throws where the text cannot be parsed. */
  need(manifest: Manifest): LockNeed;
  /** Files that make a folder the root of a workspace. */
  workspaceFiles?: readonly string[];
  /** Whether the root's lockfile holds for the manifest. A root that cannot be parsed has no members. */
  isMember?(root: WorkspaceRoot, manifest: Manifest): boolean;
}
