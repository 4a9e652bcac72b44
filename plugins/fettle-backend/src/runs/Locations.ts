import type { FettleStore, StoredRepository } from '../store/FettleStore';

const REUSE_MS = 30_000;
const MOST = 20_000;

/** Where repositories are, remembered for a moment: lists of runs ask for the same ones again and again. */
export class Locations {
  readonly #known = new Map<
    string,
    { until: number; repository: Promise<StoredRepository | undefined> }
  >();

  constructor(
    private readonly store: Pick<FettleStore, 'getRepository'>,
    private readonly clock: () => Date,
  ) {}

  find(id: string): Promise<StoredRepository | undefined> {
    const now = this.clock().getTime();
    const known = this.#known.get(id);
    if (known && known.until > now) return known.repository;
    if (this.#known.size >= MOST) this.#known.clear();
    const repository = this.store.getRepository(id);
    this.#known.set(id, { until: now + REUSE_MS, repository });
    repository.catch(() => this.#known.delete(id));
    return repository;
  }
}
