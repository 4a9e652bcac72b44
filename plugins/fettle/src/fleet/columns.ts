import type { RepositoryQuery } from 'backstage-plugin-fettle-common';

/** A column of the fleet table. */
export type ColumnId =
  | 'score'
  | 'name'
  | 'owner'
  | 'worst'
  | 'days'
  | 'changed';

interface Column {
  id: ColumnId;
  /** As a track of a CSS grid. */
  track: string;
  sort?: RepositoryQuery['sort'];
  /** The order of a first click. */
  firstOrder?: RepositoryQuery['order'];
  right?: boolean;
}

const ALL: readonly Column[] = [
  { id: 'score', track: '136px', sort: 'score', firstOrder: 'asc' },
  { id: 'name', track: 'minmax(0, 1.4fr)', sort: 'name', firstOrder: 'asc' },
  { id: 'owner', track: 'minmax(0, 0.6fr)', sort: 'owner', firstOrder: 'asc' },
  { id: 'worst', track: 'minmax(0, 1.6fr)' },
  { id: 'days', track: '104px' },
  {
    id: 'changed',
    track: '92px',
    sort: 'changed',
    firstOrder: 'desc',
    right: true,
  },
];

/** The name's cell also holds what the other columns would say. */
const NARROW: readonly Column[] = ALL.filter(
  ({ id }) => id === 'score' || id === 'name',
).map(column =>
  column.id === 'score' ? { ...column, track: '64px' } : column,
);

/** What fits into a width, in pixels. */
export function columnsFor(width: number): readonly Column[] {
  if (width >= 860) return ALL;
  if (width >= 560) {
    return ALL.filter(({ id }) => id !== 'owner' && id !== 'days');
  }
  return NARROW;
}
