import { rateOf, retryTime } from './rateOf';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

it.each<[Record<string, string>, object]>([
  [{}, {}],
  [
    {
      ...{ 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '7' },
      'ratelimit-reset': '30',
    },
    { limit: 100, remaining: 7, resetAt: later(30) },
  ],
  [
    {
      ...{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' },
      'x-ratelimit-reset': String(later(90).getTime() / 1000),
    },
    { limit: 100, remaining: 0, resetAt: later(90) },
  ],
  [{ 'retry-after': '20' }, { retryAt: later(20) }],
  [{ 'retry-after': later(40).toUTCString() }, { retryAt: later(40) }],
  [{ 'retry-after': '99999999' }, { retryAt: later(3600) }],
  [{ 'retry-after': 'soon', 'ratelimit-limit': 'many' }, {}],
])('reads %j', (headers, rate) => {
  const read = rateOf(new Headers(headers), NOW);
  expect(JSON.parse(JSON.stringify(read))).toEqual(
    JSON.parse(JSON.stringify(rate)),
  );
});

it('waits for what is named, or for a minute', () => {
  expect(retryTime({ retryAt: later(5), resetAt: later(9) }, NOW)).toEqual(
    later(5),
  );
  expect(retryTime({ resetAt: later(9) }, NOW)).toEqual(later(9));
  expect(retryTime({ resetAt: later(9000) }, NOW)).toEqual(later(3600));
  expect(retryTime({ resetAt: later(-9) }, NOW)).toEqual(later(60));
});
