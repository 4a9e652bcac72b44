import { SourceError, type Release } from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';

const KEPT_MS = 15 * 60 * 1000;
const MOST_KEPT = 2_000;
/** The registry does not know the package: it comes from elsewhere. */
const NOBODY_TELLS = ['not-found', 'invalid'];

interface Answer {
  until: number;
  releases: Release[] | undefined;
}

/** Asks registries for all releases of packages; plans of many repositories share an answer for a while. */
export class ReleaseReader {
  readonly #answers = new Map<string, Answer>();

  constructor(
    private readonly options: {
      registry: Pick<Registry, 'releaseSourceOf'>;
      clock: () => Date;
    },
  ) {}

  /**
   * Undefined where nobody can tell.
   *
   * @throws SourceError where the registry could not be asked
   */
  async read(
    ecosystem: string,
    name: string,
    signal: AbortSignal,
  ): Promise<Release[] | undefined> {
    const key = JSON.stringify([ecosystem, name]);
    const now = this.options.clock().getTime();
    const known = this.#answers.get(key);
    if (known && known.until > now) return known.releases;
    const releases = await this.#ask(ecosystem, name, signal);
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    this.#answers.set(key, { until: now + KEPT_MS, releases });
    return releases;
  }

  async #ask(
    ecosystem: string,
    name: string,
    signal: AbortSignal,
  ): Promise<Release[] | undefined> {
    const source = this.options.registry.releaseSourceOf(ecosystem);
    if (!source) return undefined;
    try {
      return await source.releases({ ecosystem, name }, { signal });
    } catch (error) {
      if (error instanceof SourceError && NOBODY_TELLS.includes(error.code)) {
        return undefined;
      }
      throw error;
    }
  }
}
