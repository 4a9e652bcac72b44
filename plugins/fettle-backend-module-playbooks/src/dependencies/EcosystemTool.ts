import type { FileEdit, Obstacle } from 'backstage-plugin-fettle-node';
import type { DependencyConfig } from '../config/StepsConfig';
import type { Update } from './Update';

/** One folder with a manifest, and what is to be changed in it. */
export interface Project {
  /** Of its manifest; `''` is the root. */
  folder: string;
  updates: readonly Update[];
  /** Whether a parent that does not allow a version may be overruled. */
  overrides: boolean;
  /** Versions that were published later are not for updates that can wait. */
  before: Date | undefined;
  /** All paths of the repository. */
  paths: readonly string[];
  /** The text of a file; undefined where there is none that can be read. */
  read(path: string): Promise<string | undefined>;
  config: DependencyConfig;
  /** For messages. */
  remote: string;
  signal: AbortSignal;
}

/** A package that changed, with its versions before and after. */
export interface Changed {
  update: Update;
  from: string;
  to: string;
}

/** What came of it. An update that is in neither list found nothing that it is about. */
export interface ToolResult {
  files: readonly FileEdit[];
  changed: readonly Changed[];
  /** Updates that were not possible, with the reason. */
  failed: readonly { update: Update; reason: string }[];
  obstacles?: readonly Obstacle[];
  notes?: readonly string[];
}

/** Updates packages in the way of one package manager. One file each. */
export interface EcosystemTool {
  readonly id: string;
  /** As OSV calls it. */
  readonly ecosystem: string;
  /** The folders of its projects. */
  find(paths: readonly string[]): string[];
  /** Whether a file belongs to a project: where a finding is. */
  owns(folder: string, path: string): boolean;
  /** Packages that the project asks for itself, with their versions; for updates of all that is behind. */
  asked(
    project: Omit<Project, 'updates'>,
  ): Promise<{ name: string; version: string }[]>;
  update(project: Project): Promise<ToolResult>;
}

/** The path of a file of a folder. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder of a path; `''` is the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** Folders that have a file of one of these names. */
export function foldersWith(
  paths: readonly string[],
  names: readonly string[],
): string[] {
  const found = paths
    .filter(path => names.includes(path.slice(path.lastIndexOf('/') + 1)))
    .filter(path => !/(^|\/)(node_modules|vendor|testdata)\//.test(path))
    .map(folderOf);
  return [...new Set(found)].sort();
}
