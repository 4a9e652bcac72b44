import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ComponentMatcher } from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import type { KnownMatcher, Portal } from './Portal';

/** How long an answer of the matchers is used again: each evaluation asks. */
const REUSE_MS = 10_000;

/** What the portal has to know things by: its scanners, and matchers that have something to match against. */
export class PortalKnowledge {
  #known?: { until: number; portal: Promise<Portal> };

  constructor(
    private readonly options: {
      registry: Pick<Registry, 'scanners' | 'matchers' | 'detectors'>;
      logger: LoggerService;
      clock: () => Date;
    },
  ) {}

  read(): Promise<Portal> {
    const now = this.options.clock().getTime();
    if (!this.#known || this.#known.until <= now) {
      this.#known = { until: now + REUSE_MS, portal: this.#ask() };
    }
    return this.#known.portal;
  }

  async #ask(): Promise<Portal> {
    const { scanners, matchers, detectors } = this.options.registry;
    const known = await Promise.all(
      [...matchers.values()].map(async matcher => ({
        ...{ title: matcher.title, finds: matcher.finds ?? null },
        ...(await this.#contentsOf(matcher)),
      })),
    );
    return {
      scanners: [...scanners.values()].map(({ id, title, finds = null }) => ({
        ...{ id, title, finds },
      })),
      detectors: [...detectors.values()].map(({ id, title }) => ({
        ...{ id, title },
      })),
      matchers: known.sort((a, b) => (a.title < b.title ? -1 : 1)),
    };
  }

  /** Who cannot say what it has is taken for empty: never a pass without knowing. */
  async #contentsOf(
    matcher: ComponentMatcher,
  ): Promise<Pick<KnownMatcher, 'empty' | 'ecosystems'>> {
    try {
      if (matcher.ecosystems) {
        const { known, missing } = await matcher.ecosystems();
        return { empty: known.length === 0, ecosystems: { known, missing } };
      }
      // One without feeds knows what it knows by itself; one that has none configured knows nothing.
      const feeds = await matcher.feeds?.();
      const empty = feeds?.every(({ records }) => records === 0) ?? false;
      return { empty, ecosystems: null };
    } catch (error) {
      this.options.logger.warn(
        `${matcher.title} does not say how it stands: ${error}`,
      );
      return { empty: true, ecosystems: null };
    }
  }
}
