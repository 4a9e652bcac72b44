import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { AddressError } from './RemoteAddress';
import { isGone } from '../errors';

/** A repository's own folders, which may be elsewhere than its files. */
export interface GitFolders {
  gitDir: string;
  commonDir: string;
}

/**
 * The folders of this server that may be read. Everything that names a path
 * goes through here, with every symlink followed before it is judged: whoever
 * can edit an entity must not be able to read the rest of the disk.
 */
export class LocalFolders {
  private readonly roots: string[];

  constructor(
    allowed: readonly string[],
    private readonly projectFolder: string,
  ) {
    this.roots = [...new Set(allowed.map(realPath))];
  }

  /** The location of the repository in a folder, whether it is there or not. Throws {@link AddressError}. */
  toLocation(value: string): RepositoryLocation {
    let folder = this.toPath(value);
    if (path.basename(folder) === '.git') folder = path.dirname(folder);
    if (!this.allows(folder)) {
      throw new AddressError(
        'it is a folder outside of those that fettle.git.repositories and fettle.git.allowedFolders name',
      );
    }
    const known = folder.replace(/\.git$/, '');
    return {
      remote: pathToFileURL(known).href,
      name: this.nameOf(known),
      host: 'localhost',
    };
  }

  /** The repository that contains a folder, if one that may be read does. */
  enclosing(
    value: string,
  ): { location: RepositoryLocation; subpath: string } | undefined {
    const folder = this.toPath(value);
    for (
      let candidate = folder;
      this.allows(candidate);
      candidate = path.dirname(candidate)
    ) {
      if (existsSync(path.join(candidate, '.git'))) {
        return {
          location: this.toLocation(candidate),
          subpath: path.relative(candidate, folder).split(path.sep).join('/'),
        };
      }
      if (candidate === path.dirname(candidate)) break;
    }
    return undefined;
  }

  /** Where the repository of a location is; undefined if there is none. Throws {@link AddressError}. */
  find(location: { remote: string }): GitFolders | undefined {
    const folder = fileURLToPath(location.remote);
    return this.findIn(folder) ?? this.findIn(`${folder}.git`);
  }

  /** The repository in exactly this folder. Throws {@link AddressError}. */
  findIn(folder: string): GitFolders | undefined {
    const dotGit = path.join(folder, '.git');
    let gitDir: string;
    if (isFolder(dotGit)) {
      gitDir = dotGit;
    } else if (existsSync(dotGit)) {
      gitDir = path.resolve(folder, readPointer(dotGit, /^gitdir: (.+)$/m));
    } else {
      gitDir = folder;
    }
    if (!existsSync(path.join(gitDir, 'HEAD'))) return undefined;
    gitDir = realPath(gitDir);

    const pointer = path.join(gitDir, 'commondir');
    const commonDir = existsSync(pointer)
      ? realPath(path.resolve(gitDir, readPointer(pointer, /^(.+)$/m)))
      : gitDir;
    if (!isFolder(path.join(commonDir, 'objects'))) return undefined;
    if (!this.allows(gitDir) || !this.allows(commonDir)) {
      throw new AddressError(
        'it leads to a folder outside of those that fettle.git.repositories and fettle.git.allowedFolders name',
      );
    }
    return { gitDir, commonDir };
  }

  /** Whether the folder, every symlink followed, is one that may be read. */
  allows(folder: string): boolean {
    const real = realPath(folder);
    return this.roots.some(root => isWithin(root, real));
  }

  /** Follows every symlink of a path or `file:` URL. */
  private toPath(value: string): string {
    if (value.includes('\0')) throw new AddressError('it is not a path');
    if (!/^file:/i.test(value)) {
      return realPath(path.resolve(this.projectFolder, value));
    }
    let plain = value.replace(/^file:/i, '');
    if (plain.startsWith('//')) {
      try {
        plain = fileURLToPath(value);
      } catch {
        throw new AddressError('it is not a file URL of this server');
      }
    }
    return realPath(path.resolve(this.projectFolder, plain));
  }

  /** The path below the named folder that holds it, else the folder's name. */
  private nameOf(folder: string): string {
    const root = this.roots
      .filter(candidate => candidate !== folder && isWithin(candidate, folder))
      .sort((a, b) => b.length - a.length)[0];
    return root
      ? path.relative(root, folder).split(path.sep).join('/')
      : path.basename(folder);
  }
}

/** The real path of what exists of it, with the rest appended. */
function realPath(value: string): string {
  try {
    return realpathSync(value);
  } catch (error) {
    const parent = path.dirname(value);
    if (!isGone(error)) throw error;
    return parent === value
      ? value
      : path.join(realPath(parent), path.basename(value));
  }
}

function isWithin(root: string, folder: string) {
  const relative = path.relative(root, folder);
  return (
    relative === '' ||
    (relative !== '..' &&
      !relative.startsWith(`..${path.sep}`) &&
      !path.isAbsolute(relative))
  );
}

function isFolder(folder: string) {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readPointer(file: string, pattern: RegExp): string {
  const match = pattern.exec(readFileSync(file, 'utf8').slice(0, 4096));
  if (!match) throw new AddressError('its .git file names no repository');
  return match[1].trim();
}
