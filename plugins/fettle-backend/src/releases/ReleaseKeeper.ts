import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import {
  newestRelease,
  SourceError,
  type ReleaseSource,
} from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import type { DuePackage, ReleaseStore } from '../store/releases/ReleaseStore';

/** Of packages that are new to the fleet, noted in one run. */
const MOST_PLANNED = 2_000;
const HOUR_MS = 60 * 60 * 1000;
/** What the registry says for good, until it is asked as always. */
const SETTLED = ['not-found', 'invalid', 'too-large'];

/** Keeps current what the newest versions of the fleet's packages are, a few packages at a time. */
export class ReleaseKeeper {
  constructor(
    private readonly options: {
      releases: ReleaseStore;
      registry: Registry;
      logger: LoggerService;
      clock: () => Date;
      /** Packages asked about in one run. */
      atOnce: number;
      /** A package is asked about again after this. */
      everySeconds: number;
    },
  ) {}

  /** One run: to its stored end, unless it is stopped. */
  async run(signal: AbortSignal): Promise<void> {
    const { releases, registry, clock, atOnce } = this.options;
    const ecosystems = [...registry.releases.values()].flatMap(source => [
      ...source.ecosystems,
    ]);
    if (ecosystems.length === 0) return;
    const now = clock();
    await releases.plan({ ecosystems, now, limit: MOST_PLANNED });
    const due = await releases.due({ ecosystems, now, limit: atOnce });
    // Registries do not wait for each other; each is asked one thing at a time.
    await Promise.all(
      [...registry.releases.values()].map(source =>
        this.#ask(
          source,
          due.filter(({ ecosystem }) => source.ecosystems.includes(ecosystem)),
          signal,
        ),
      ),
    );
  }

  async #ask(
    source: ReleaseSource,
    due: readonly DuePackage[],
    signal: AbortSignal,
  ): Promise<void> {
    const { releases, clock, everySeconds } = this.options;
    for (const one of due) {
      if (signal.aborted) return;
      const answer = await this.#read(source, one, signal);
      // What was cut short by a stop says nothing of the registry.
      if (signal.aborted) return;
      const at = clock();
      const after = (ms: number) => new Date(at.getTime() + ms);
      if ('newest' in answer || SETTLED.includes(answer.problem.code)) {
        await releases.saveAnswer(one.id, {
          ...{ newest: null, problem: null, ...answer, at },
          dueAt: after(everySeconds * 1000),
        });
        continue;
      }
      await releases.saveFailure(one.id, { ...answer, dueAt: after(HOUR_MS) });
      // The next package would get the same answer; the next run tries one.
      if (answer.problem.code !== 'corrupt') return;
    }
  }

  async #read(
    source: ReleaseSource,
    { ecosystem, name }: DuePackage,
    signal: AbortSignal,
  ): Promise<
    | { newest: { version: string; publishedAt: string | null } | null }
    | { problem: Reason }
  > {
    try {
      const found = newestRelease(
        ecosystem,
        await source.releases({ ecosystem, name }, { signal }),
      );
      if (!found) return { newest: null };
      const { version, publishedAt = null } = found;
      return { newest: { version, publishedAt } };
    } catch (error) {
      if (error instanceof SourceError) return { problem: error.toReason() };
      this.options.logger.error(
        `The versions of ${ecosystem} ${name} could not be read`,
        error as Error,
      );
      const problem = {
        code: 'failed',
        message: `${source.title} could not be read: ${error}`,
        action: 'See the log of the backend; it is tried again by itself.',
      };
      return { problem };
    }
  }
}
