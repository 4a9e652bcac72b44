import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ComponentMatch,
  ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import { fromMatches } from '../findings/fromMatches';
import type {
  SecurityStore,
  UsedComponent,
} from '../store/security/SecurityStore';

/** Scans that come between make it begin anew; so many in a row do not happen. */
const MOST_TRIES = 5;
/** Repositories of one transaction: more would keep others waiting. */
const BATCH = 20;

/**
 * Asks matchers about the components of repositories: after a scan about one
 * repository, and when a matcher learned something about those that use what it
 * is about. Nothing is scanned for it.
 */
export class Matching {
  readonly #stopped = new AbortController();
  #sweep?: Promise<void>;
  #again = false;

  constructor(
    private readonly options: {
      security: SecurityStore;
      matchers: ReadonlyMap<string, ComponentMatcher>;
      logger: LoggerService;
      clock: () => Date;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /**
   * Has each matcher judge the repository; one that fails leaves its findings as they are.
   *
   * @returns the titles of those that failed
   */
  async match(repositoryId: string, signal: AbortSignal): Promise<string[]> {
    const { matchers, logger } = this.options;
    const failed: string[] = [];
    for (const matcher of matchers.values()) {
      try {
        await this.#matchWith(matcher, [repositoryId], signal);
      } catch (error) {
        failed.push(matcher.title);
        if (signal.aborted) break;
        logger.warn(
          `${matcher.title} could not judge the components of ${repositoryId}: ${error}`,
        );
      }
    }
    return failed;
  }

  /** Brings into force what matchers learned. What is asked for meanwhile follows at once. */
  async sweep(): Promise<void> {
    if (this.#sweep) {
      this.#again = true;
      return this.#sweep;
    }
    this.#sweep = this.#sweepAll().finally(() => {
      this.#sweep = undefined;
    });
    await this.#sweep;
    if (this.#again) {
      this.#again = false;
      await this.sweep();
    }
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#sweep?.catch(() => undefined);
  }

  async #sweepAll(): Promise<void> {
    const { security, matchers, logger } = this.options;
    const { signal } = this.#stopped;
    for (const matcher of matchers.values()) {
      try {
        const cursor = await security.matcherCursor(matcher.id);
        const changes = await matcher.changesSince(cursor);
        if (changes.cursor === cursor) continue;
        const concerned = await security.repositoriesUsing(changes.packages);
        for (let start = 0; start < concerned.length; start += BATCH) {
          if (signal.aborted) return;
          const batch = concerned.slice(start, start + BATCH);
          await this.#matchWith(matcher, batch, signal);
        }
        // Last: what a crash cuts short is done again.
        await security.saveMatcherCursor(matcher.id, changes.cursor);
      } catch (error) {
        if (signal.aborted) return;
        logger.warn(
          `What ${matcher.title} learned waits longer to be matched: ${error}`,
        );
      }
    }
  }

  async #matchWith(
    matcher: ComponentMatcher,
    repositoryIds: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const { security, clock, onChange } = this.options;
    let left = repositoryIds;
    for (let tries = 0; tries < MOST_TRIES && left.length > 0; tries++) {
      const used = await security.usedComponents(left);
      const matched = await ask(matcher, used, signal);
      const { revision, changed, saved } = await security.saveMatches(
        matcher.id,
        matched.map(({ matches, ...one }) => ({
          ...one,
          sightings: fromMatches(matches),
        })),
        clock(),
      );
      for (const id of changed) onChange(id, revision!);
      left = left.filter(id => !saved.has(id));
    }
  }
}

/** Each version once, however many files and repositories name it. */
async function ask(
  matcher: ComponentMatcher,
  used: ReadonlyMap<string, { components: UsedComponent[]; stamp: string }>,
  signal: AbortSignal,
) {
  const distinct = new Map<string, UsedComponent>();
  for (const { components } of used.values()) {
    for (const component of components) {
      distinct.set(versionOf(component), component);
    }
  }
  const questions = [...distinct.values()].map(
    ({ ecosystem, name, version, licence }) => ({
      ...{ ecosystem, name, version, licence },
    }),
  );
  const answers = await matcher.match(questions, { signal });
  if (answers.length !== questions.length) {
    throw new Error(
      `It was asked about ${questions.length} components and answered about ${answers.length}.`,
    );
  }
  const matches = new Map<string, ComponentMatch[]>(
    [...distinct.keys()].map((key, i) => [key, answers[i]]),
  );
  return [...used].map(([repositoryId, { components, stamp }]) => ({
    ...{ repositoryId, stamp },
    matches: components.map(component => ({
      ...component,
      matches: matches.get(versionOf(component))!,
    })),
  }));
}

function versionOf({ ecosystem, name, version }: UsedComponent): string {
  return `${ecosystem}\0${name}\0${version ?? ''}`;
}
