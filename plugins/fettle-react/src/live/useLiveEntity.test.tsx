import { renderHook } from '@testing-library/react';
import { Portal } from './testing/Portal';
import { useLiveEntity } from './useLiveEntity';

const ref = 'component:default/ledger';

describe('useLiveEntity', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const claim = {
    entityRef: ref,
    subpath: '',
    owner: null,
    system: null,
    problem: null,
  };

  async function open(portal: Portal) {
    const rendered = renderHook(() => useLiveEntity(ref), {
      wrapper: portal.Wrapper,
    });
    expect(rendered.result.current.status).toBe('loading');
    await portal.pass(600);
    await portal.hint('fleet');
    return rendered;
  }

  it('follows the repository of the entity, and asks about the fleet no more', async () => {
    const portal = new Portal('a', 'b');
    portal.entities.set(ref, { repositoryId: 'a', subpath: '' });
    portal.change('a', { entities: [claim] });
    const { result } = await open(portal);
    expect(result.current).toMatchObject({
      status: 'ready',
      entity: { repositoryId: 'a' },
      value: { id: 'a' },
      live: { mode: 'live' },
    });
    portal.asked.length = 0;
    portal.change('b', { score: 1 });
    await portal.hint('fleet');
    expect(portal.asked).toEqual([]);
    portal.change('a', { score: 70 });
    await portal.hint('a');
    expect(result.current.value?.score).toBe(70);
    expect(portal.asked).toEqual(['repository a']);
  });

  it('says why there is no repository, and finds one when the fleet changes', async () => {
    const portal = new Portal();
    const { result } = await open(portal);
    expect(result.current).toMatchObject({
      status: 'ready',
      entity: { problem: { code: 'none' } },
    });
    expect(result.current.value).toBeUndefined();
    portal.entities.set(ref, { repositoryId: 'a', subpath: '' });
    portal.change('a', { entities: [claim] });
    await portal.pass(2_000);
    await portal.hint('fleet');
    await portal.pass(300);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: { id: 'a' },
      entity: { problem: null },
    });
  });

  it('follows the entity to another repository', async () => {
    const portal = new Portal('a', 'b');
    portal.entities.set(ref, { repositoryId: 'a', subpath: '' });
    portal.change('a', { entities: [claim] });
    const { result } = await open(portal);
    portal.entities.set(ref, { repositoryId: 'b', subpath: '' });
    portal.change('b', { entities: [claim] });
    portal.change('a', { entities: [] });
    await portal.hint('a');
    await portal.pass(0);
    expect(result.current.value?.id).toBe('b');
  });

  it('does not ask again and again about a claim that the reader may not see', async () => {
    const portal = new Portal('a');
    portal.entities.set(ref, { repositoryId: 'a', subpath: '' });
    await open(portal);
    await portal.pass(8_000);
    const times = portal.asked.filter(what => what.startsWith('entity'));
    expect(times).toHaveLength(2);
  });
});
