/** A column of the list of runs. */
export type RunColumnId =
  | 'state'
  | 'run'
  | 'origin'
  | 'queued'
  | 'duration'
  | 'when'
  | 'actions';

interface RunColumn {
  id: RunColumnId;
  /** As a track of a CSS grid. */
  track: string;
  right?: boolean;
}

const ALL: readonly RunColumn[] = [
  { id: 'state', track: '92px' },
  { id: 'run', track: 'minmax(0, 1fr)' },
  { id: 'origin', track: 'minmax(140px, 0.45fr)' },
  { id: 'queued', track: '56px', right: true },
  { id: 'duration', track: '104px', right: true },
  { id: 'when', track: '80px', right: true },
  { id: 'actions', track: '104px', right: true },
];

const without = (...ids: RunColumnId[]) =>
  ALL.filter(({ id }) => !ids.includes(id));

/**
 * What fits into a width, in pixels. Below the last step a row is a block: the
 * run's cell holds what the other columns would say.
 */
export function runColumnsFor(width: number): readonly RunColumn[] {
  if (width >= 960) return ALL;
  if (width >= 760) return without('queued');
  if (width >= 560) return without('queued', 'origin', 'actions');
  return [{ id: 'run', track: 'minmax(0, 1fr)' }];
}
