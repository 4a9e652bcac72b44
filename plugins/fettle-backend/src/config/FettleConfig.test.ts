import { ConfigReader } from '@backstage/config';
import { readFettleConfig } from './FettleConfig';

const read = (fettle: object) =>
  readFettleConfig(new ConfigReader({ fettle } as any));

describe('readFettleConfig', () => {
  it('has defaults for everything', () => {
    expect(readFettleConfig(new ConfigReader({}))).toMatchObject({
      collectEverySeconds: 3600,
      staleAfterSeconds: 21600,
      kinds: ['Component'],
    });
  });

  it('reads durations as people write them', () => {
    expect(
      read({ collect: { every: '10m' }, staleAfter: { hours: 2 } }),
    ).toMatchObject({ collectEverySeconds: 600, staleAfterSeconds: 7200 });
  });

  it.each([
    [{ staleAfter: 'soon' }, /'fettle.staleAfter': "soon" is not a duration/],
    [
      { staleAfter: '5m' },
      /'fettle.staleAfter': 300 seconds is not longer than/,
    ],
    [
      { collect: { every: '0s' } },
      /'fettle.collect.every': 0 seconds is too short/,
    ],
    [
      { collect: { concurrency: 0 } },
      /'fettle.collect.concurrency': 0 is not a whole number from 1 to 64/,
    ],
    [
      { history: { keepDays: 'x' } },
      /'fettle.history.keepDays': "x" is not a whole number/,
    ],
    [
      { checks: { readme: { weight: -1 } } },
      /'fettle.checks.readme.weight': -1 is neither 0 nor a number from 0.001 to 100/,
    ],
    [
      { checks: { readme: { wieght: 1 } } },
      /'fettle.checks.readme.wieght': there is no such key/,
    ],
  ])(
    'stops at %j with the key, the value and what would be right',
    (config, message) => {
      expect(() => read(config)).toThrow(message);
    },
  );
});
