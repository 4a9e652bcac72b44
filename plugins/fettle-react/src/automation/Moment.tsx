import { useNow } from '../live/useNow';
import { clockTime, exactTime } from '../widgets/spans';

/**
 * A time of day, with its date where that is not today, and the exact time on
 * hover: for what is to come, and for what is read in order.
 *
 * @public
 */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  const now = useNow(60_000);
  return (
    <time
      dateTime={date.toISOString()}
      title={exactTime(date)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {clockTime(date, now)}
    </time>
  );
}
