import type { Entity } from '@backstage/catalog-model';
import type {
  EntityLocation,
  RepositorySource,
} from 'backstage-plugin-fettle-node';
import { claimEntities } from './claimEntities';

const source = (id: string, key: string): RepositorySource => ({
  id,
  locate({ annotations }): EntityLocation | undefined {
    const value = annotations[key];
    if (value === undefined) return undefined;
    if (value === 'broken') {
      return { problem: { message: `${key} is broken`, action: 'Mend it.' } };
    }
    const [remote, subpath = ''] = value.split('#');
    return { location: { remote, name: remote, host: 'h' }, subpath };
  },
  discover: async () => ({ repositories: [], problems: [] }),
  reads: location => !location.remote.startsWith('elsewhere'),
  snapshot: async () => {
    throw new Error('not asked');
  },
  readTree: async () => {
    throw new Error('not asked');
  },
});

const entity = (
  name: string,
  annotations: Record<string, string>,
  kind = 'Component',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/pay' },
    { type: 'partOf', targetRef: 'component:default/whole' },
    { type: 'partOf', targetRef: 'system:default/money' },
  ],
});

const claim = (...entities: Entity[]) =>
  claimEntities({
    entities,
    sources: [
      source('first', 'fettle.dev/repository'),
      source('second', 'other'),
    ],
    kinds: ['Component'],
  });

describe('claimEntities', () => {
  it('takes repository, folder, owner and system from an entity', () => {
    const { claims, repositories } = claim(
      entity('a', { 'fettle.dev/repository': 'x#services/a' }),
    );
    expect(claims).toEqual([
      {
        entityRef: 'component:default/a',
        repositoryId: repositories[0].id,
        subpath: 'services/a',
        owner: 'group:default/pay',
        system: 'system:default/money',
        problem: null,
      },
    ]);
    expect(repositories).toMatchObject([{ remote: 'x', sourceId: 'first' }]);
  });

  it('gives the first source the word, and gives two folders one repository', () => {
    const { repositories } = claim(
      entity('a', { 'fettle.dev/repository': 'x#a', other: 'y' }),
      entity('b', { other: 'x#b' }),
    );
    expect(repositories.map(r => r.remote)).toEqual(['x', 'x']);
    expect(repositories[0].id).toBe(repositories[1].id);
  });

  it('says what is wrong with an annotation, and which remote nobody reads', () => {
    const { claims } = claim(
      entity('a', { 'fettle.dev/repository': 'broken' }),
      entity('b', { other: 'elsewhere/x' }),
    );
    expect(claims.map(c => [c.repositoryId, c.problem?.code])).toEqual([
      [null, 'invalid-annotation'],
      [null, 'no-source'],
    ]);
  });

  it('tells both of two entities that name the same place', () => {
    const { claims } = claim(
      entity('a', { other: 'x' }),
      entity('b', { other: 'x' }),
      entity('c', { other: 'x#c' }),
    );
    expect(claims.map(c => c.problem?.code)).toEqual([
      'shared-place',
      'shared-place',
      undefined,
    ]);
    expect(claims[0].problem!.message).not.toContain('component:');
  });

  it('leaves out entities without a repository, and other kinds without the annotation of Fettle', () => {
    const { claims } = claim(
      entity('a', {}),
      entity('b', { other: 'x' }, 'Group'),
      entity('c', { 'fettle.dev/repository': 'x' }, 'Resource'),
    );
    expect(claims.map(c => c.entityRef)).toEqual(['resource:default/c']);
  });
});
