import type { Changes } from 'backstage-plugin-fettle-common';
import type { LiveReader, Loaded } from '../LiveReader';

/** One answer of the backend that is read whole whenever anything in its scope changes. */
export class SnapshotReader<T extends { revision: number }>
  implements LiveReader
{
  readonly loadsOnHint = true;
  /** For what moves with the time, such as a window of days. */
  readonly maxAgeMs = 60_000;
  readonly #read: (signal: AbortSignal) => Promise<T>;
  value?: T;

  /**
   * @param read - asks the backend
   * @param gapMs - least time between two loads because of changes
   */
  constructor(
    read: (signal: AbortSignal) => Promise<T>,
    readonly gapMs: number,
  ) {
    this.#read = read;
  }

  async load(signal: AbortSignal): Promise<Loaded> {
    this.value = await this.#read(signal);
    return { revision: this.value.revision };
  }

  apply({ changed }: Changes) {
    return { held: !changed, load: changed };
  }
}
