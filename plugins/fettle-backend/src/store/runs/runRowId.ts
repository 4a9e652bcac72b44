import { createHash } from 'node:crypto';

/** Fettle's id of a run: the same for every report about it, in every replica. */
export function runRowId(key: {
  sourceId: string;
  repositoryId: string;
  runId: string;
  attempt: number;
}): string {
  const { sourceId, repositoryId, runId, attempt } = key;
  return createHash('sha256')
    .update(JSON.stringify([sourceId, repositoryId, runId, attempt]))
    .digest('hex')
    .slice(0, 16);
}
