import type { Changes, RepositoryHealth } from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';

/** One folder of a repository, with its verdicts, which `GET /changes` does not carry. */
export class RepositoryReader implements LiveReader {
  readonly loadsOnHint = true;
  readonly gapMs = 0;
  readonly maxAgeMs = 60_000;
  readonly #api: Pick<FettleApi, 'getRepository'>;
  readonly #id: string;
  readonly #subpath: string;
  value?: RepositoryHealth;

  constructor(
    api: Pick<FettleApi, 'getRepository'>,
    target: { id: string; subpath: string },
  ) {
    this.#api = api;
    this.#id = target.id;
    this.#subpath = target.subpath;
  }

  async load(signal: AbortSignal): Promise<Loaded> {
    const target = { subpath: this.#subpath };
    this.value = await this.#api.getRepository(this.#id, target, { signal });
    return { revision: this.value.revision };
  }

  apply({ items }: Changes) {
    const load = items.some(({ id }) => id === this.#id);
    return { held: !load, load };
  }

  isUnsettled(): boolean {
    return this.value?.collecting ?? false;
  }
}
