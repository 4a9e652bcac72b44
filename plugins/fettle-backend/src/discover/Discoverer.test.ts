import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { RepositorySource } from 'backstage-plugin-fettle-node';
import { Registry } from '../registry/Registry';
import type { Discovery } from '../store/FettleStore';
import { Discoverer } from './Discoverer';

const entity = (name: string, remote?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations: remote ? { repo: remote } : {} },
});
const location = (remote: string) => ({ remote, name: remote, host: 'h' });

/** A store that remembers the last round, as the database does. */
function harness() {
  let entities: Entity[] = [];
  let listed: string[] = [];
  let problem = false;
  let now = 0;
  let saved: Discovery = { repositories: [], claims: [], at: new Date(0) };
  const source: RepositorySource = {
    id: 'memory',
    locate: ({ annotations }) =>
      annotations.repo
        ? { location: location(annotations.repo), subpath: '' }
        : undefined,
    discover: async () => ({
      repositories: problem ? [] : listed.map(location),
      problems: problem
        ? [{ where: 'the folder', message: 'It is gone.', action: 'Look.' }]
        : [],
    }),
    reads: () => true,
    snapshot: async () => {
      throw new Error('not asked');
    },
    readTree: async () => {
      throw new Error('not asked');
    },
  };
  const registry = new Registry();
  registry.addRepositorySource(source);
  const discoverer = new Discoverer({
    store: {
      listClaims: async () => saved.claims,
      listLocations: async () => saved.repositories,
      saveDiscovery: async (discovery: Discovery) => {
        saved = discovery;
        return { revision: 1, added: [], removed: [], changed: [] };
      },
    } as any,
    registry,
    catalog: {
      streamEntities: (request: any, options: any) =>
        catalogServiceMock({ entities }).streamEntities(request, options),
    } as any,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    clock: () => new Date(now),
    kinds: ['Component'],
    forgetAfterSeconds: 600,
  });
  return {
    async round(next: {
      entities?: Entity[];
      listed?: string[];
      problem?: boolean;
      after?: number;
    }) {
      entities = next.entities ?? entities;
      listed = next.listed ?? listed;
      problem = next.problem ?? false;
      now += (next.after ?? 0) * 1000;
      await discoverer.discover(new AbortController().signal);
      return {
        repositories: saved.repositories.map(r => r.remote).sort(),
        entities: saved.claims.map(c => c.entityRef).sort(),
      };
    },
  };
}

describe('Discoverer', () => {
  it('joins what the catalog names and what sources list', async () => {
    const { round } = harness();
    expect(
      await round({ entities: [entity('a', 'x')], listed: ['x', 'y'] }),
    ).toEqual({ repositories: ['x', 'y'], entities: ['component:default/a'] });
  });

  it('keeps repository and claim of an entity that the catalog forgets, for a while', async () => {
    const { round } = harness();
    const all = { repositories: ['x'], entities: ['component:default/a'] };
    expect(await round({ entities: [entity('a', 'x')] })).toEqual(all);
    expect(await round({ entities: [] })).toEqual(all);
    expect(await round({ after: 599 })).toEqual(all);
    expect(await round({ after: 1 })).toEqual({
      repositories: [],
      entities: [],
    });
  });

  it('counts the time anew when the entity comes back in between', async () => {
    const { round } = harness();
    await round({ entities: [entity('a', 'x')] });
    await round({ entities: [] });
    await round({ entities: [entity('a', 'x')], after: 300 });
    await round({ entities: [], after: 10 });
    expect((await round({ after: 599 })).repositories).toEqual(['x']);
  });

  it('moves an entity that names another repository at once', async () => {
    const { round } = harness();
    await round({ entities: [entity('a', 'x')] });
    const moved = await round({ entities: [entity('a', 'y')] });
    expect(moved.entities).toEqual(['component:default/a']);
    expect(moved.repositories).toContain('y');
  });

  it('lets go of an entity that is there but names nothing any more', async () => {
    const { round } = harness();
    await round({ entities: [entity('a', 'x')] });
    expect((await round({ entities: [entity('a')] })).entities).toEqual([]);
  });

  it('keeps the repositories of a source that cannot list, however long', async () => {
    const { round } = harness();
    await round({ listed: ['x', 'y'] });
    expect((await round({ problem: true, after: 9999 })).repositories).toEqual([
      'x',
      'y',
    ]);
    expect((await round({ listed: ['y'], after: 1 })).repositories).toEqual([
      'x',
      'y',
    ]);
    expect((await round({ after: 600 })).repositories).toEqual(['y']);
  });
});
