import {
  SourceError,
  type Release,
  type SourceErrorCode,
} from 'backstage-plugin-fettle-node';
import { Registry } from '../registry/Registry';
import { ReleaseReader } from './ReleaseReader';

const RELEASES = [{ version: '1.0.0', publishedAt: '2026-01-01T00:00:00Z' }];

function setUp(answer: () => Promise<Release[]>) {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const registry = new Registry();
  const releases = jest.fn(answer);
  registry.addReleaseSource({
    ...{ id: 'npm', title: 'npm', ecosystems: ['npm'], releases },
  });
  const reader = new ReleaseReader({ registry, clock: () => new Date(now) });
  const { signal } = new AbortController();
  return {
    releases,
    read: (ecosystem = 'npm') => reader.read(ecosystem, 'leaf', signal),
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

const failing = (code: SourceErrorCode) => async () => {
  throw new SourceError(code, 'The registry says no.', 'Wait.');
};

describe('releases for plans', () => {
  it('are asked for once for a while', async () => {
    const { read, releases, pass } = setUp(async () => RELEASES);
    expect(await read()).toEqual(RELEASES);
    pass(14);
    expect(await read()).toEqual(RELEASES);
    expect(releases).toHaveBeenCalledTimes(1);
    pass(2);
    await read();
    expect(releases).toHaveBeenCalledTimes(2);
  });

  it('are not known where nobody can tell', async () => {
    const { read, releases } = setUp(async () => RELEASES);
    expect(await read('Maven')).toBeUndefined();
    expect(releases).not.toHaveBeenCalled();
    expect(await setUp(failing('not-found')).read()).toBeUndefined();
  });

  it('are an error where the registry fails, and asked for again', async () => {
    const { read, releases } = setUp(failing('rate-limited'));
    await expect(read()).rejects.toThrow('says no');
    await expect(read()).rejects.toThrow('says no');
    expect(releases).toHaveBeenCalledTimes(2);
  });
});
