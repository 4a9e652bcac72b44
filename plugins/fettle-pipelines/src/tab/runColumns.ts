/** A column of the list of runs. */
export type RunColumnId =
  | 'state'
  | 'run'
  | 'branch'
  | 'who'
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
  { id: 'state', track: '104px' },
  { id: 'run', track: 'minmax(0, 1fr)' },
  { id: 'branch', track: 'minmax(96px, 0.32fr)' },
  { id: 'who', track: 'minmax(72px, 0.2fr)' },
  { id: 'queued', track: '60px', right: true },
  { id: 'duration', track: '116px', right: true },
  { id: 'when', track: '84px', right: true },
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
  if (width >= 760) return without('who', 'queued');
  if (width >= 560) return without('who', 'queued', 'branch', 'actions');
  return [{ id: 'run', track: 'minmax(0, 1fr)' }];
}
