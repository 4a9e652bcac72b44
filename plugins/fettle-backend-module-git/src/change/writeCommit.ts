import {
  folders,
  notAFile,
  SourceError,
  type AutomationIdentity,
  type FileEdit,
} from 'backstage-plugin-fettle-node';
import { readGit } from '../read/LocalRepository';
import type { RefUpdate } from '../mirror/RefUpdate';
import type { WritableRepository } from './WritableRepository';

const PATHS_AT_ONCE = 500;

/** A commit whose objects are there, and which only a draft holds. */
export interface Draft {
  commit: string;
  /** Deletes the ref that held it until now. */
  done: RefUpdate;
}

/**
 * Writes the files of a change as one commit, without a work tree: one process
 * of `git fast-import` for blobs, trees and commit.
 */
export async function writeCommit(
  repository: WritableRepository,
  options: {
    draft: string;
    baseCommit: string;
    /** The present head of its branch, which it then follows. */
    onto?: string;
    files: readonly FileEdit[];
    message: string;
    identity: AutomationIdentity;
  },
): Promise<{ draft: Draft; isEmpty: boolean; parents: string[] }> {
  const { baseCommit, onto, files, identity, draft: ref, message } = options;
  const { signal } = repository;
  const seconds = Math.floor(repository.now().getTime() / 1000);
  const modes = await readModes(repository, baseCommit, files);
  const tree = onto && (await treeOf(repository, baseCommit));
  const who = `${identity.name} <${identity.email}> ${seconds} +0000`;
  const input = [
    `feature done\ncommit ${ref}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    data(message),
    `from ${onto ?? baseCommit}\n`,
    // A branch that follows keeps its commits and gets exactly the base's files.
    tree ? `merge ${baseCommit}\nM 040000 ${tree} ""\n` : '',
    ...[...files]
      .sort((a, b) => Number(a.content !== null) - Number(b.content !== null))
      .map(file => change(file, modes.get(file.path))),
    `\nget-mark :1\nls :1 ""\nls ${onto ?? baseCommit} ""\ndone\n`,
  ];
  const output = await readGit(
    repository,
    ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'],
    { signal, input: input.join('') },
  );
  const [commit, after, before] = output.toString().split('\n');
  const [afterTree, beforeTree] = [after, before].map(
    line => /^040000 tree ([0-9a-f]+)\t/.exec(line ?? '')?.[1],
  );
  if (!/^[0-9a-f]{40,64}$/.test(commit) || !afterTree) {
    throw new SourceError(
      'failed',
      `Cannot change ${repository.remote}: git fast-import made no commit.`,
      'Run git fsck on the repository.',
    );
  }
  const isEmpty = afterTree === beforeTree;
  const parents = onto ? [onto, baseCommit] : [baseCommit];
  const signed =
    identity.signing && !isEmpty
      ? await commitTree(repository, identity, {
          ...{ tree: afterTree, message, seconds, parents },
        })
      : commit;
  const done = { ref, from: commit, to: null };
  return { draft: { commit: signed, done }, isEmpty, parents };
}

/** A commit of a tree that is there, signed where there is a key. */
export async function commitTree(
  repository: WritableRepository,
  { name, email, signing }: AutomationIdentity,
  of: {
    tree: string;
    parents: readonly string[];
    message: string;
    seconds: number;
  },
): Promise<string> {
  const parents = of.parents.flatMap(parent => ['-p', parent]);
  const output = await readGit(
    repository,
    ['commit-tree', ...(signing ? ['-S'] : []), ...parents, '-F', '-', of.tree],
    {
      ...{ signal: repository.signal, input: of.message },
      ...{ commitTime: of.seconds, signs: signing !== undefined },
      settings: [
        ['user.name', name],
        ['user.email', email],
        ...(signing
          ? ([
              ['gpg.format', signing.format],
              ['user.signingKey', signing.key],
              ['gpg.program', 'gpg'],
              ['gpg.ssh.program', 'ssh-keygen'],
            ] as const)
          : []),
      ],
    },
  );
  return output.toString().trim();
}

/** Modes of the files that are there. Throws where what is to be written is none, or in one. */
async function readModes(
  repository: WritableRepository,
  commit: string,
  files: readonly FileEdit[],
): Promise<Map<string, string>> {
  const gone = new Set(
    files.flatMap(({ path, content }) => (content === null ? [path] : [])),
  );
  const paths = [
    ...new Set(files.flatMap(({ path }) => [path, ...folders(path)])),
  ];
  const found = new Map<string, string>();
  for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
    const some = paths.slice(at, at + PATHS_AT_ONCE);
    const output = await readGit(
      repository,
      ['ls-tree', '-z', '--full-tree', commit, '--', ...some],
      { signal: repository.signal },
    );
    for (const line of output.toString().split('\0')) {
      const tab = line.indexOf('\t');
      if (tab > 0) found.set(line.slice(tab + 1), line.slice(0, 6));
    }
  }
  for (const { path, content } of files) {
    if (content === null) continue;
    const mode = found.get(path) ?? '100644';
    const taken = folders(path).find(
      one => (found.get(one) ?? '040000') !== '040000' && !gone.has(one),
    );
    if (taken || !/^100(644|755)$/.test(mode)) {
      throw notAFile(repository.remote, taken ?? path);
    }
  }
  return found;
}

async function treeOf(
  repository: WritableRepository,
  commit: string,
): Promise<string> {
  const output = await readGit(
    repository,
    ['rev-parse', '--verify', `${commit}^{tree}`],
    { signal: repository.signal },
  );
  return output.toString().trim();
}

function change(
  { path, content, executable }: FileEdit,
  mode: string | undefined,
): string {
  const name = `"${path.replace(/["\\]/g, '\\$&')}"`;
  if (content === null) {
    // A folder of that name stays.
    return mode && mode !== '040000' ? `D ${name}\n` : '';
  }
  const wanted = mode ?? (executable ? '100755' : '100644');
  return `M ${wanted} inline ${name}\n${data(content)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
