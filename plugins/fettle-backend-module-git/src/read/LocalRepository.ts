import { promises as fs } from 'node:fs';
import path from 'node:path';
import { runGit, type GitRun } from '../git/runGit';
import { isGone } from '../errors';

/** A repository on this machine that is only read: a folder in place, or a mirror. */
export interface LocalRepository {
  /** For messages. */
  remote: string;
  gitDir: string;
  /** Where refs and objects are; another folder than `gitDir` for linked work trees only. */
  commonDir: string;
  timeoutMs: number;
}

const DEFAULT_MAX_OUTPUT_BYTES = 128 * 1024 * 1024;

/** Runs a command that only reads, without network. */
export async function readGit(
  repository: LocalRepository,
  args: readonly string[],
  run: { signal: AbortSignal } & Partial<
    Pick<
      GitRun,
      | 'input'
      | 'onOutput'
      | 'maxOutputBytes'
      | 'expectExit'
      | 'settings'
      | 'commitTime'
      | 'signs'
    >
  >,
): Promise<Buffer> {
  return runGit(args, {
    gitDir: repository.gitDir,
    timeoutMs: repository.timeoutMs,
    maxOutputBytes: DEFAULT_MAX_OUTPUT_BYTES,
    ...run,
  });
}

/** Whether the history is cut. */
export async function isShallow(repository: LocalRepository): Promise<boolean> {
  try {
    const { size } = await fs.stat(path.join(repository.commonDir, 'shallow'));
    return size > 0;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
