import { createHash } from 'node:crypto';
import type { Collection } from '../FettleStore';
import { storable } from '../storable';
import type { ReadingRow } from '../tables';
import type { StoredReading } from './StoredReading';
import { planTarget, TargetPlan } from './planTarget';

/** What is to be written of one reading. */
export interface CollectionPlan {
  collection: Collection;
  stored: StoredReading;
  /** The row as it will be, but for its revision. */
  reading: ReadingRow;
  targets: TargetPlan[];
  droppedSubpaths: string[];
  /** JSON; absent where the newest stored snapshot says the same. */
  snapshot?: string;
  stateChanged: boolean;
  /** Whether a reader can see a difference. */
  visible: boolean;
}

const SEEN = [
  'state',
  'reason',
  'default_branch',
  'head_commit',
  'head_committed_at',
  'head_subject',
] as const;

function dueAt(collection: Collection, stored: StoredReading): string {
  const { requested_at: requestedAt } = stored.repository;
  // Asked for while this reading was under way: it may have come too late for it.
  if (requestedAt && requestedAt > collection.startedAt.toISOString()) {
    return requestedAt;
  }
  // A folder that an entity claimed while this reading was under way.
  const judged = new Set(collection.evaluations.map(one => one.subpath));
  const missing = [...stored.claimed].some(subpath => !judged.has(subpath));
  return missing && collection.snapshot.head
    ? collection.finishedAt.toISOString()
    : collection.dueAt.toISOString();
}

/** Compares a reading with what is stored. Pure. */
export function planCollection(
  collection: Collection,
  stored: StoredReading,
): CollectionPlan {
  const { repository } = stored;
  const { snapshot } = collection;
  const { head, headless } = snapshot;
  const commit = head ? storable(head.commit) : null;
  const at = collection.finishedAt.toISOString();
  const json = JSON.stringify(snapshot);
  const digest = createHash('sha256').update(json).digest('base64url');

  const targets = collection.evaluations.map(evaluation =>
    planTarget({
      repositoryId: repository.id,
      evaluation,
      rollup: stored.rollups.get(evaluation.subpath),
      verdicts: stored.verdicts.get(evaluation.subpath) ?? [],
      at,
      commit,
    }),
  );
  const judged = new Set(targets.map(({ subpath }) => subpath));
  const droppedSubpaths = [...stored.rollups.keys()].filter(
    subpath => !judged.has(subpath),
  );

  const reading: ReadingRow = {
    id: repository.id,
    state: head ? 'ready' : 'empty',
    reason:
      !head && headless
        ? JSON.stringify({
            code: 'empty',
            message: headless.message,
            action: headless.action,
          })
        : null,
    default_branch: snapshot.defaultBranch && storable(snapshot.defaultBranch),
    head_commit: commit,
    head_committed_at: head?.committedAt ?? null,
    head_subject: head ? storable(head.subject) : null,
    started_at: collection.startedAt.toISOString(),
    collected_at: at,
    attempted_at: at,
    failures: 0,
    due_at: dueAt(collection, stored),
    requested_at: repository.requested_at,
    snapshot_digest: digest,
    changed_at: repository.changed_at,
    revision: repository.revision,
  };
  const stateChanged = reading.state !== repository.state;
  const historic = stateChanged || targets.some(target => target.historic);
  if (historic) reading.changed_at = at;

  return {
    collection,
    stored,
    reading,
    targets,
    droppedSubpaths,
    snapshot: digest === repository.snapshot_digest ? undefined : json,
    stateChanged,
    visible:
      historic ||
      droppedSubpaths.length > 0 ||
      targets.some(target => target.visible) ||
      SEEN.some(name => reading[name] !== repository[name]),
  };
}
