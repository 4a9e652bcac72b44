import { mockServices } from '@backstage/backend-test-utils';
import type {
  PlanContext,
  RepositorySettings,
  StepEntity,
} from 'backstage-plugin-fettle-node';
import {
  MemoryRepositorySource,
  type MemoryRepository,
} from 'backstage-plugin-fettle-node/testUtils';
import { ChangeRegistry } from '../registry/ChangeRegistry';
import { Registry } from '../registry/Registry';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseStandardStore } from '../store/standards/DatabaseStandardStore';
import { describeStore } from '../store/testDatabases';
import { reading } from '../store/testReadings';
import { createApplyStandard } from './applyStandard';
import { DefaultStandardKnowledge } from './DefaultStandardKnowledge';
import { DefaultStandardSet } from './DefaultStandardSet';
import { loadStandard } from './loadStandard';
import { standardSettingsSchema } from './standardSchema';
import { StandardWatcher } from './StandardWatcher';

const logger = mockServices.logger.mock();
const signal = new AbortController().signal;
const entity: StepEntity = {
  ...{ entityRef: 'component:default/a', subpath: '' },
  owner: 'group:default/pay',
};
const standard = (id: string, given: object) =>
  loadStandard(id, standardSettingsSchema.parse(given), {
    ...{ kind: 'config', repository: null, path: null, commit: null },
  });
const lines = (...all: string[]) => all.map(line => `${line}\n`).join('');

describeStore('standards', init => {
  let at: number;
  let source: MemoryRepositorySource;
  let repository: MemoryRepository;
  let settings: RepositorySettings;
  let registry: Registry;
  let changes: ChangeRegistry;
  let store: DatabaseFettleStore;
  let standards: DatabaseStandardStore;
  let revisions: (number | null)[];

  beforeEach(async () => {
    at = Date.parse('2026-03-01T12:00:00Z');
    settings = { wiki: true };
    revisions = [];
    source = new MemoryRepositorySource();
    repository = source.create('a/b');
    registry = new Registry();
    registry.addRepositorySource(source);
    changes = new ChangeRegistry();
    changes.addRepositoryKeeper({
      ...{ id: 'keeper', covers: () => true, hostOf: () => 'x' },
      check: async () => [],
      readSettings: async () => settings,
      applySettings: async (_, given) => {
        settings = { ...settings, ...given };
      },
    });
    ({ store } = await init());
    standards = store.openStandards();
    await store.saveDiscovery({
      repositories: [{ id: 'r', sourceId: source.id, ...repository.location }],
      claims: [],
      at: new Date(at),
    });
  });

  const now = () => new Date(at);
  const push = async (files: Record<string, string | null>) => {
    at += 60_000;
    const commit = await repository.commit({ files, at: now().toISOString() });
    const read = reading('r', now(), []);
    const head = { ...read.snapshot.head!, commit };
    await store.saveCollection({
      ...{ ...read, snapshot: { ...read.snapshot, head } },
    });
    return commit;
  };
  const watch = (...given: ReturnType<typeof standard>[]) => {
    const set = new DefaultStandardSet({ configured: given, files: [] });
    const subjects = store.openPolicies();
    const watcher = new StandardWatcher({
      ...{ standards: set, store: standards, repositories: store, subjects },
      ...{ registry, changes, logger, timeoutSeconds: 10 },
      entitiesOf: async () => [entity],
      clock: now,
      onChange: (_, revision) => revisions.push(revision),
    });
    const step = createApplyStandard({
      knowledge: new DefaultStandardKnowledge({
        ...{ standards: set, store: standards, repositories: store, subjects },
        findRepository: async () => 'r',
        clock: now,
      }),
    });
    return { watcher, step };
  };
  const context = async (): Promise<PlanContext<{ standards: string[] }>> => {
    const snapshot = await source.snapshot(repository.location, { signal });
    const { location } = repository;
    return {
      ...{ parameters: { standards: [] }, repository: location, signal },
      ...{ entities: [entity], problems: [], now: now(), snapshot },
      host: changes.hostOf(location, registry),
      playbook: { id: 'p', title: 'P', stepId: 's' },
      tree: await source.readTree(location, snapshot.head!.commit, { signal }),
    };
  };
  const drifts = () => standards.drifts('r', now());

  it('are held against each commit, and what was followed last is the base of the next version', async () => {
    const version = (number: string, last: string) =>
      standard('ci', {
        version: number,
        files: [
          {
            ...{ path: 'ci.yml', strategy: 'three-way', template: true },
            content: lines('owner: <% entity.owner %>', 'a', 'b', last),
          },
        ],
      });
    const first = watch(version('1', 'c'));
    await push({ README: 'hello' });
    await first.watcher.sweep();
    expect(await drifts()).toMatchObject([
      {
        ...{ state: 'drifted', appliedVersion: null },
        files: [{ path: 'ci.yml', kind: 'added', added: 4 }],
      },
    ]);
    const { files } = await first.step.plan(await context());
    await push({ 'ci.yml': files![0].content });
    await first.watcher.sweep();
    expect(await drifts()).toMatchObject([
      { state: 'follows', appliedVersion: '1', files: [], reason: null },
    ]);
    // What the repository changed by itself stays.
    const own = lines('owner: group:default/pay', 'mine', 'b', 'c');
    await push({ 'ci.yml': own });
    await first.watcher.sweep();
    expect(await drifts()).toMatchObject([{ state: 'follows' }]);

    const second = watch(version('2', 'd'));
    await second.watcher.sweep();
    expect(await drifts()).toMatchObject([
      { state: 'drifted', version: '2', appliedVersion: '1' },
    ]);
    const plan = await second.step.plan(await context());
    expect(plan.files).toMatchObject([
      { content: lines('owner: group:default/pay', 'mine', 'b', 'd') },
    ]);
    expect(await second.step.verify!(await context())).toMatchObject({
      state: 'wrong',
    });
    await push({ 'ci.yml': plan.files![0].content });
    expect(await second.step.verify!(await context())).toMatchObject({
      state: 'right',
    });
  });

  it('bring settings to what they should be, and back', async () => {
    const { watcher, step } = watch(
      standard('s', { version: 1, settings: { wiki: false } }),
    );
    await push({ README: 'hello' });
    await watcher.check('r');
    expect(await drifts()).toMatchObject([
      { settings: [{ name: 'wiki', is: true, should: false }] },
    ]);
    const given = await context();
    const { actions } = await step.plan(given);
    const { input } = actions![0];
    const key = { idempotencyKey: 'k' };
    await step.apply!({ ...given, ...key, input });
    expect(settings).toEqual({ wiki: false });
    await step.rollback!({ ...given, input, output: input });
    expect(settings).toEqual({ wiki: true });
  });

  it('are not held against a repository that is opted out, until that ends', async () => {
    const { watcher, step } = watch(
      standard('s', { version: 1, files: [{ path: 'a', content: 'a' }] }),
    );
    await push({ README: 'hello' });
    await watcher.check('r');
    const expiresAt = new Date(at + 3_600_000).toISOString();
    const given = { reason: 'It moves.', actor: 'user:default/ada', expiresAt };
    await standards.optOut('r', 's', given, now());
    const out = { state: 'exempt', optOut: { reason: 'It moves.' } };
    expect(await drifts()).toMatchObject([out]);
    expect(await step.plan(await context())).toMatchObject({ files: [] });
    const page = await standards.page(
      ...([{ standardId: 's', limit: 10 }, 'everything', now()] as const),
    );
    expect(page).toMatchObject({ total: 1, items: [out] });
    const counts = await standards.counts('everything', now());
    expect(counts.get('s')!.counts).toMatchObject({ exempt: 1, drifted: 0 });
    at += 3_600_001;
    expect(await drifts()).toMatchObject([{ state: 'drifted', optOut: null }]);
  });

  it('tell nobody where nothing changed, and are looked at again where something did', async () => {
    const a = standard('s', {
      version: 1,
      files: [{ path: 'a', content: '' }],
    });
    const { watcher } = watch(a);
    await push({ a: '' });
    await watcher.sweep();
    await watcher.sweep();
    expect(revisions).toEqual([expect.any(Number)]);
    await push({ b: '' });
    await watcher.sweep();
    expect(revisions).toEqual([expect.any(Number), null]);
    at += 2 * 3_600_000;
    await watcher.sweep();
    expect(revisions).toHaveLength(3);
    await watch().watcher.sweep();
    expect(await drifts()).toEqual([]);
    expect(revisions).toHaveLength(4);
  });

  it('say why a repository is not known to follow', async () => {
    const { watcher } = watch(
      standard('s', { version: 1, files: [{ path: 'a', content: 'a' }] }),
    );
    await push({ a: 'a' });
    await watcher.check('r');
    await repository.remove();
    at += 2 * 3_600_000;
    await watcher.sweep();
    expect(await drifts()).toMatchObject([
      { state: 'unknown', appliedVersion: '1', reason: { code: 'not-found' } },
    ]);
  });

  it('are paged with what needs someone first', async () => {
    const { watcher } = watch(
      standard('s', { version: 1, files: [{ path: 'a', content: 'a' }] }),
    );
    const other = source.create('a/a');
    await store.saveDiscovery({
      repositories: [
        { id: 'r', sourceId: source.id, ...repository.location },
        { id: 'q', sourceId: source.id, ...other.location },
      ],
      claims: [],
      at: now(),
    });
    await push({ b: '' });
    const commit = await other.commit({
      files: { a: 'a' },
      at: now().toISOString(),
    });
    const read = reading('q', now(), []);
    const head = { ...read.snapshot.head!, commit };
    await store.saveCollection({
      ...{ ...read, snapshot: { ...read.snapshot, head } },
    });
    await watcher.sweep();
    const first = await standards.page(
      ...([{ standardId: 's', limit: 1 }, 'everything', now()] as const),
    );
    expect(first).toMatchObject({
      total: 2,
      items: [{ repository: 'a/b', state: 'drifted' }],
    });
    const second = await standards.page(
      { standardId: 's', limit: 1, cursor: first.nextCursor! },
      ...(['everything', now()] as const),
    );
    expect(second).toMatchObject({
      nextCursor: null,
      items: [{ repository: 'a/a', state: 'follows' }],
    });
    const none = { entityRefs: new Set<string>() };
    const hidden = await standards.page(
      ...([{ standardId: 's', limit: 1 }, none, now()] as const),
    );
    // Repositories that back no entity are shown to all who may read any.
    expect(hidden.total).toBe(2);
  });
});
