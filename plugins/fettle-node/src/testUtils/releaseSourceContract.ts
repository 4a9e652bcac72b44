import type { PackageKey } from '../contracts/ComponentMatcher';
import type { ReleaseSource } from '../contracts/ReleaseSource';
import { newestRelease } from '../versions/newestRelease';
import { orderOfEcosystem } from '../versions/orders';
import { failureOf } from './failureOf';

/**
 * A source whose registry has packages that are known.
 *
 * @public
 */
export interface ReleaseSourceHarness {
  source: ReleaseSource;
  /** A package of the registry, and its newest release. */
  known: PackageKey & { newest: string };
  /** One that it does not have. */
  unknown: PackageKey;
  /** Paths that the registry was asked for, as they came. */
  asked(): string[];
  dispose(): Promise<void>;
}

/**
 * What every release source must keep. Call it at the top of a test file.
 *
 * @public
 */
export function releaseSourceContract(
  createHarness: () => Promise<ReleaseSourceHarness>,
): void {
  describe('the release source keeps the contract', () => {
    let harness: ReleaseSourceHarness;
    const { signal } = new AbortController();

    beforeEach(async () => {
      harness = await createHarness();
    });
    afterEach(() => harness.dispose());

    it('names ecosystems whose versions can be put in order', () => {
      const { id, title, ecosystems } = harness.source;
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(title).not.toBe('');
      expect(ecosystems).toContain(harness.known.ecosystem);
      expect(ecosystems.map(orderOfEcosystem)).not.toContain(undefined);
    });

    it('tells the releases of a package, each once', async () => {
      const { source, known } = harness;
      const releases = await source.releases(known, { signal });
      const versions = releases.map(({ version }) => version);
      expect(new Set(versions).size).toBe(versions.length);
      for (const { publishedAt } of releases) {
        if (publishedAt === undefined) continue;
        expect(new Date(publishedAt).toISOString()).toBe(publishedAt);
      }
      const newest = newestRelease(known.ecosystem, releases);
      expect(newest?.version).toBe(known.newest);
    });

    it('says that a package is not there', async () => {
      const { source, unknown } = harness;
      const error = await failureOf(source.releases(unknown, { signal }));
      expect(error.code).toBe('not-found');
    });

    it('asks for nothing outside of its base address, whatever the name', async () => {
      const { source, known } = harness;
      const [first] =
        (await source.releases(known, { signal }), harness.asked());
      const base = first.split('/')[1];
      for (const name of [
        ...['', '..', '../../etc/passwd', 'a/../../b', '%2e%2e/x', '__proto__'],
        ...['a b?c=d#e', 'http://example.com/x', '\0', 'a\nb', 'é', '\ud800'],
        ...['@../x', '..:..', 'x'.repeat(5_000)],
      ]) {
        const ecosystem = known.ecosystem;
        const error = await failureOf(
          source.releases({ ecosystem, name }, { signal }),
        );
        expect(['not-found', 'invalid']).toContain(error.code);
      }
      for (const path of harness.asked()) {
        expect(new URL(path, 'http://localhost').pathname).toBe(path);
        expect(path.split('/')[1]).toBe(base);
      }
    });

    it('stops when nobody waits any more', async () => {
      const { source, known } = harness;
      const stopped = AbortSignal.abort();
      const error = await failureOf(
        source.releases(known, { signal: stopped }),
      );
      expect(error.code).toBe('timeout');
    });
  });
}
