import { tightest } from './tightest';

const now = new Date('2026-06-01T12:00:00Z');
const rate = (limit: number, remaining: number, minutes: number) => ({
  ...{ limit, remaining },
  resetAt: new Date(now.getTime() + minutes * 60_000),
});

it('is the limit of which the least share is left', () => {
  const core = rate(5_000, 4_000, 10);
  const graphql = rate(10_000, 1_000, 20);
  expect(tightest([core, graphql], now)).toBe(graphql);
  expect(tightest([graphql, core], now)).toBe(graphql);
});

it('is none of which the time is over', () => {
  const over = rate(5_000, 0, -1);
  const core = rate(5_000, 4_999, 10);
  expect(tightest([over, core], now)).toBe(core);
  expect(tightest([over], now)).toBeUndefined();
});

it('is a limit of nothing at all', () => {
  const nothing = rate(0, 0, 10);
  expect(tightest([rate(60, 1, 10), nothing], now)).toBe(nothing);
});
