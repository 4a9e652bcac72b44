import { createHash } from 'node:crypto';
import type { ChangeRequest } from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import { folders } from './assertChange';
import type { HostedEdit } from './HostedChanges';
import type { HostedEntry } from './HostedEntry';

/** An edit whose content may still have to be read from the base. */
export type PlannedEdit = Omit<HostedEdit, 'content'> & {
  content: Buffer | HostedEntry | null;
};

/**
 * What makes the files of a branch those of the base with the request's edits:
 * nothing where they are.
 */
export function planEdits(
  location: RepositoryLocation,
  request: Pick<ChangeRequest, 'files' | 'baseCommit'>,
  trees: { base: readonly HostedEntry[]; branch: readonly HostedEntry[] },
): PlannedEdit[] {
  const base = byPath(trees.base);
  const branch = byPath(trees.branch);
  const edited = new Set(request.files.map(({ path }) => path));
  const gone = new Set(
    request.files.flatMap(({ path, content }) =>
      content === null ? [path] : [],
    ),
  );
  const edits: PlannedEdit[] = [];
  for (const file of request.files) {
    if (file.content !== null) assertWritable(location, file.path, base, gone);
    const before = branch.get(file.path);
    const was = base.get(file.path);
    if (file.content === null) {
      if (before) {
        edits.push({ ...none(file.path), before, executable: false });
      }
      continue;
    }
    const content = Buffer.from(file.content);
    const executable = was?.executable ?? file.executable ?? false;
    const id = blobId(content, request.baseCommit);
    if (before?.objectId !== id || before.executable !== executable) {
      edits.push({ path: file.path, before, content, executable });
    }
  }
  for (const path of new Set([...base.keys(), ...branch.keys()])) {
    const [was, is] = [base.get(path), branch.get(path)];
    if (edited.has(path) || was?.objectId === is?.objectId) continue;
    const executable = was?.executable ?? false;
    edits.push({ path, before: is, content: was ?? null, executable });
  }
  return edits;
}

function none(path: string) {
  return { path, content: null };
}

/** Where a link is, its target would be written; where a file is, it would be lost for a folder. */
function assertWritable(
  { remote }: RepositoryLocation,
  path: string,
  entries: ReadonlyMap<string, HostedEntry>,
  gone: ReadonlySet<string>,
): void {
  const taken = folders(path).find(one => entries.has(one) && !gone.has(one));
  const type = entries.get(path)?.type ?? 'file';
  const isFolder =
    !entries.has(path) &&
    [...entries.keys()].some(
      one => one.startsWith(`${path}/`) && !gone.has(one),
    );
  if (!taken && !isFolder && type === 'file') return;
  throw notAFile(remote, taken ?? path);
}

/**
 * That a path is taken by what cannot be written over.
 *
 * @public
 */
export function notAFile(remote: string, path: string): SourceError {
  return new SourceError(
    'invalid',
    `Cannot change ${remote}: ${JSON.stringify(path)} is not a plain file.`,
    'Correct the playbook that plans it: links, submodules and folders are left alone.',
  );
}

/**
 * The id that Git gives a content, in a repository that has commits like this.
 *
 * @public
 */
export function blobId(content: Buffer, commit: string): string {
  return createHash(commit.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

function byPath(entries: readonly HostedEntry[]): Map<string, HostedEntry> {
  return new Map(entries.map(entry => [entry.path, entry]));
}
