import type {
  ActivityItem,
  Changes,
  Fleet,
} from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';

type Api = Pick<FettleApi, 'getFleet' | 'getActivity'>;

/** The fleet in numbers, and what changed lately in it. */
export class FleetReader implements LiveReader {
  readonly loadsOnHint = true;
  readonly gapMs = 500;
  readonly maxAgeMs = 60_000;
  readonly #api: Api;
  readonly #limit: number;
  value?: { fleet: Fleet; activity: ActivityItem[] };

  constructor(api: Api, limit: number) {
    this.#api = api;
    this.#limit = limit;
  }

  async load(signal: AbortSignal): Promise<Loaded> {
    const [fleet, activity] = await Promise.all([
      this.#api.getFleet({ signal }),
      this.#api.getActivity({ limit: this.#limit }, { signal }),
    ]);
    this.value = { fleet, activity: activity.items };
    return { revision: Math.min(fleet.revision, activity.revision) };
  }

  apply(_changes: Changes) {
    return { held: false, load: true };
  }
}
