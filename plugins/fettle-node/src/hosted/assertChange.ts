import type { ChangeRequest } from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import { assertCommit } from './assertCommit';

/** What Windows and macOS take for `.git` as well. */
const GIT_FOLDER = /^(\.git|git~\d+)[. ]*(:.*)?$/i;
/** Characters that some file systems do not see. */
// eslint-disable-next-line no-misleading-character-class
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const MARKER = /^[\w.:/-]+( [\w.:/-]+)*$/;

/**
 * Throws a {@link SourceError} `invalid` for what must not get to a repository:
 * a branch that is not Fettle's, a path that leads out of the tree, a text that
 * is none.
 *
 * @public
 */
export function assertChange(
  location: RepositoryLocation,
  request: ChangeRequest,
): void {
  const { branch, base, baseCommit, files, marker, title } = request;
  assertOwnBranch(location, branch);
  assertBranch(location, base);
  assertCommit(location, baseCommit);
  const wrong = (what: string) => refusal(location, what);
  if (base.startsWith('fettle/')) {
    throw wrong(`its base ${quoted(base)} is a branch of Fettle's`);
  }
  if (!MARKER.test(marker) || marker.length > 200) {
    throw wrong(`its marker ${quoted(marker)} is not one word`);
  }
  if (title.trim() === '' || /[\r\n\0]/.test(title)) {
    throw wrong('its title is not one line');
  }
  if (files.length === 0) throw wrong('it has no files');
  const paths = new Set<string>();
  for (const { path, content } of files) {
    if (!isSafePath(path)) {
      throw wrong(`${quoted(path)} is not a path that it may write`);
    }
    if (paths.has(path)) throw wrong(`${quoted(path)} is there twice`);
    paths.add(path);
    if (content !== null && /\p{Surrogate}/u.test(content)) {
      throw wrong(`the text for ${quoted(path)} has no encoding`);
    }
  }
  for (const { path, content } of files) {
    const above = folders(path).find(folder =>
      files.some(one => one.path === folder && one.content !== null),
    );
    if (content !== null && above) {
      throw wrong(`${quoted(above)} is a file and a folder at once`);
    }
  }
}

/**
 * Throws for a branch that is not Fettle's own.
 *
 * @public
 */
export function assertOwnBranch(
  location: RepositoryLocation,
  branch: string,
): void {
  assertBranch(location, branch);
  if (!branch.startsWith('fettle/')) {
    throw refusal(location, `the branch ${quoted(branch)} is not Fettle's`);
  }
}

/**
 * Throws for what Git does not take as the name of a branch.
 *
 * @public
 */
export function assertBranch(
  location: RepositoryLocation,
  branch: string,
): void {
  // As `git check-ref-format` has it.
  const wrong =
    branch === '' ||
    branch === 'HEAD' ||
    branch.length > 200 ||
    // eslint-disable-next-line no-control-regex
    /[\0-\x20\x7f~^:?*[\\]|\p{Surrogate}/u.test(branch) ||
    /^[-/]|\/$|\/\/|\.\.|@\{|\.$/.test(branch) ||
    branch === '@' ||
    branch.split('/').some(part => /^\.|\.lock$/.test(part));
  if (wrong) {
    throw refusal(location, `${quoted(branch)} is not the name of a branch`);
  }
}

/**
 * The folders that a path is in.
 *
 * @public
 */
export function folders(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function isSafePath(path: string): boolean {
  return (
    path.length <= 4096 &&
    // A backslash is a separator elsewhere, and shows bytes that are no UTF-8.
    // eslint-disable-next-line no-control-regex
    !/[\0-\x1f\x7f\\]|\p{Surrogate}/u.test(path) &&
    path
      .split('/')
      .every(
        part =>
          part !== '' &&
          !/^\.\.?$/.test(part) &&
          !GIT_FOLDER.test(part.replace(IGNORED, '')),
      )
  );
}

function refusal({ remote }: RepositoryLocation, what: string): SourceError {
  return new SourceError(
    'invalid',
    `Cannot change ${remote}: ${what}.`,
    'Correct the playbook that plans it.',
  );
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
