import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';

/** The files of a repository that any format wants, by their paths. */
export type Files = ReadonlyMap<string, ScanFile>;

/** What one file tells. */
export interface Reading {
  components: ComponentReport[];
  /** Folders of the manifests that a lockfile speaks for, each with its `/` at the end; its own is always one. */
  covers?: ReadonlySet<string>;
}

/** How one kind of file names components. Another is a file in `formats`, and a line in `formats.ts`. */
export interface Format {
  /** For messages, for example `package-lock.json`. */
  readonly title: string;
  /** Whether a file is of this kind, by the last part of its path and the whole of it. */
  matches(name: string, path: string): boolean;
  /** @throws Unreadable, or whatever its parser throws */
  read(file: ScanFile, files: Files): ComponentReport[] | Reading;
  /** A manifest is read only where none of these lockfiles speaks for it. */
  readonly unless?: readonly string[];
}

/** Why a file could not be read. */
export class Unreadable extends Error {
  constructor(
    message: string,
    readonly action = 'Have it written anew by its tool.',
  ) {
    super(message);
  }
}

/** A file in the same folder. */
export function beside(
  { path }: Pick<ScanFile, 'path'>,
  name: string,
  files: Files,
): ScanFile | undefined {
  return files.get(`${folderOf(path)}${name}`);
}

/** Reads a file that only adds to what another tells: where it cannot be read, it adds nothing, and is told of by itself. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** With its `/` at the end; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A folder as lockfiles name it (`.`, `a/b`, `./a`), below that of the lockfile. */
export function folderBelow(folder: string, relative: string): string {
  const parts = folder.split('/').filter(Boolean);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.map(part => `${part}/`).join('');
}

/** What was parsed, as an object; names in it may be any, `__proto__` too. */
export function entriesOf(value: unknown): [string, any][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

export function namesOf(value: unknown): string[] {
  return entriesOf(value).map(([name]) => name);
}

export function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
