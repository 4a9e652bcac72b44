import type { Changes, EntityHealth } from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';

/** Which repository an entity has; it follows the fleet only while it has none that is right. */
export class EntityReader implements LiveReader {
  readonly loadsOnHint = true;
  readonly gapMs = 2_000;
  readonly #api: Pick<FettleApi, 'getEntity'>;
  readonly #entityRef: string;
  value?: EntityHealth;

  constructor(api: Pick<FettleApi, 'getEntity'>, entityRef: string) {
    this.#api = api;
    this.#entityRef = entityRef;
  }

  async load(signal: AbortSignal): Promise<Loaded> {
    this.value = await this.#api.getEntity(this.#entityRef, { signal });
    // The answer has no revision of its own; what was announced before it is in it.
    return { revision: 0 };
  }

  apply(_changes: Changes) {
    return { held: false, load: true };
  }

  isFollowing(): boolean {
    return !this.value?.repositoryId || this.value.problem !== null;
  }
}
