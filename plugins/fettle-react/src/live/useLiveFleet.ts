import {
  FLEET_SCOPE,
  type ActivityItem,
  type Fleet,
} from 'backstage-plugin-fettle-common';
import { FleetReader } from './readers/FleetReader';
import { useLiveReader, type LiveControls } from './useLiveReader';
import { statusOf, type LiveStatus } from './useLiveRepository';

/**
 * The fleet in numbers, kept up to date.
 *
 * @public
 */
export interface LiveFleet extends LiveControls {
  status: LiveStatus;
  fleet?: Fleet;
  /** What changed lately, newest first; absent until it is known. */
  activity?: ActivityItem[];
}

/**
 * The fleet in numbers, and the last `activityLimit` changes in it (20 if absent).
 *
 * @public
 */
export function useLiveFleet(
  options: { activityLimit?: number } = {},
): LiveFleet {
  const { activityLimit = 20 } = options;
  const {
    reader,
    want: _,
    ...controls
  } = useLiveReader({
    scope: FLEET_SCOPE,
    key: `fleet:${activityLimit}`,
    create: api => new FleetReader(api, activityLimit),
  });
  const status = statusOf(reader?.value, controls.error);
  return { status, ...reader?.value, ...controls };
}
