import { promises as fs } from 'node:fs';
import path from 'node:path';
import { SourceError, type Obstacle } from 'backstage-plugin-fettle-node';
import { toSourceError } from '../git/toSourceError';
import { readGit } from '../read/LocalRepository';
import { readSome } from './readRecord';
import type { WritableRepository } from './WritableRepository';

/** A branch that is only asked for, and never made. */
const REHEARSED = 'refs/heads/fettle/rehearsal';

/** What stands in the way of writing, without anything being touched. */
export async function findObstacles(
  repository: WritableRepository,
  { merge }: { merge: boolean },
): Promise<Obstacle[]> {
  const { remote, isRemote, signal } = repository;
  const output = await readGit(
    repository,
    ['symbolic-ref', '--quiet', 'HEAD'],
    {
      ...{ signal, expectExit: [0, 1] },
    },
  );
  const name = output.toString().trim();
  const head = (await readSome(repository, [name], signal)).get(name);
  if (!head) {
    return [
      {
        code: 'no-base',
        message: `${remote} has no commit on its default branch.`,
        action: 'Push a first commit.',
      },
    ];
  }
  const right = isRemote
    ? await rehearse(repository, head.commit)
    : await mayWrite(repository);
  const checkedOut = merge && !isRemote && head.checkedOut;
  return [
    ...right,
    ...(checkedOut
      ? [
          {
            code: 'checked-out',
            message: `The default branch of ${remote} is checked out, and its files would not follow a merge.`,
            action:
              'Merge its changes there, or let Fettle use a bare repository.',
          },
        ]
      : []),
  ];
}

async function rehearse(
  repository: WritableRepository,
  commit: string,
): Promise<Obstacle[]> {
  try {
    await repository.rehearse([{ ref: REHEARSED, from: null, to: commit }]);
    return [];
  } catch (error) {
    const reason = toSourceError(error, repository.remote);
    const refused =
      reason instanceof SourceError &&
      ['unauthorized', 'not-found', 'failed'].includes(reason.code);
    if (!refused) throw reason;
    return [
      {
        code: 'no-right',
        message: `The portal may not push to ${repository.remote}: ${reason.message}`,
        action: 'Give the credentials of this host the right to push.',
      },
    ];
  }
}

async function mayWrite({
  commonDir,
  remote,
}: WritableRepository): Promise<Obstacle[]> {
  try {
    for (const folder of ['objects', 'refs']) {
      await fs.access(path.join(commonDir, folder), fs.constants.W_OK);
    }
    return [];
  } catch {
    return [
      {
        code: 'no-right',
        message: `The user of the portal may not write to ${remote}.`,
        action: 'Give that user the right to write to the folder.',
      },
    ];
  }
}
