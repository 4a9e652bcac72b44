import { spanOf } from './spans';

/**
 * A span of time in its largest whole unit, for example `26 hr`.
 *
 * @public
 */
export function formatDuration(seconds: number): string {
  const { unit, n } = spanOf(seconds * 1000);
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: unit.slice(0, -1),
    unitDisplay: 'short',
  }).format(n);
}
