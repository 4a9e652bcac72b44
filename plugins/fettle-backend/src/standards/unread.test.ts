import { mockServices } from '@backstage/backend-test-utils';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { ChangeRegistry } from '../registry/ChangeRegistry';
import { Registry } from '../registry/Registry';
import { describeStore } from '../store/testDatabases';
import { reading } from '../store/testReadings';
import { DefaultStandardSet } from './DefaultStandardSet';
import { StandardFiles } from './files/StandardFiles';
import { loadStandard } from './loadStandard';
import { standardSettingsSchema } from './standardSchema';
import { StandardWatcher } from './StandardWatcher';

const logger = mockServices.logger.mock();

describeStore('standards of a repository', init => {
  it('keep what is known of them until they are read after a start', async () => {
    let at = Date.parse('2026-03-01T12:00:00Z');
    const clock = () => new Date(at);
    const source = new MemoryRepositorySource();
    const repository = source.create('a/b');
    const library = source.create('platform/standards');
    const registry = new Registry();
    registry.addRepositorySource(source);
    const { store } = await init();
    const standards = store.openStandards();
    await store.saveDiscovery({
      repositories: [{ id: 'r', sourceId: source.id, ...repository.location }],
      ...{ claims: [], at: clock() },
    });
    const push = async (files: Record<string, string | null>) => {
      at += 60_000;
      const commit = await repository.commit({
        files,
        at: clock().toISOString(),
      });
      const read = reading('r', clock(), []);
      const head = { ...read.snapshot.head!, commit };
      await store.saveCollection({
        ...{ ...read, snapshot: { ...read.snapshot, head } },
      });
    };
    let headCommit: string | null = null;
    const write = async (files: Record<string, string | null>) => {
      headCommit = await library.commit({ files, at: clock().toISOString() });
    };
    let isAway = false;
    const start = () => {
      const own = standardSettingsSchema.parse({
        ...{ version: 1, files: [{ path: 'o', content: '' }] },
      });
      const set = new DefaultStandardSet({
        configured: [
          loadStandard('own', own, {
            ...{ kind: 'config', repository: null, path: null, commit: null },
          }),
        ],
        files: [
          new StandardFiles({
            folder: { repository: library.location.remote, path: '' },
            findRepository: async () => (isAway ? undefined : 's'),
            store: {
              getRepository: async () =>
                ({
                  ...{ ...library.location, sourceId: source.id, headCommit },
                } as never),
            },
            ...{ sources: () => registry.sources, logger },
          }),
        ],
      });
      const watcher = new StandardWatcher({
        ...{ standards: set, store: standards, repositories: store, registry },
        ...{ subjects: store.openPolicies(), changes: new ChangeRegistry() },
        ...{ clock, logger, timeoutSeconds: 10, onChange: () => {} },
        entitiesOf: async () => [],
      });
      return async () => {
        await set.refresh();
        await watcher.sweep();
        const bases = await standards.bases('r');
        const drifts = await standards.drifts('r', clock());
        return {
          base: bases.get('ci')?.get('ci.yml'),
          drifts: drifts.map(({ standardId, state }) => [standardId, state]),
        };
      };
    };
    await write({
      'ci/standard.yaml':
        'version: 1\nfiles: [{ path: ci.yml, strategy: three-way, content: a }]',
    });
    await push({ 'ci.yml': 'a', o: '' });
    expect(await start()()).toEqual({
      base: 'a',
      drifts: [
        ['ci', 'follows'],
        ['own', 'follows'],
      ],
    });

    isAway = true;
    const look = start();
    await push({ o: 'another' });
    expect(await look()).toEqual({
      base: 'a',
      drifts: [
        ['ci', 'follows'],
        ['own', 'drifted'],
      ],
    });

    isAway = false;
    await write({ 'ci/standard.yaml': null });
    expect(await look()).toEqual({
      base: undefined,
      drifts: [['own', 'drifted']],
    });
  });
});
