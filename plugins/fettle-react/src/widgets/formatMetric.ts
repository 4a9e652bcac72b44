import type { Metric } from 'backstage-plugin-fettle-common';
import { formatSpan } from './formatSpan';

const DAYS = { day: 1, week: 7, month: 30 } as const;

/** A rate in the smallest span of time in which it happens at least once. */
export interface Rate {
  per: keyof typeof DAYS;
  n: string;
}

/** @param perDay - how often a day */
function rateOf(perDay: number): Rate {
  let per: Rate['per'] = 'month';
  if (perDay >= 1 || perDay === 0) per = 'day';
  else if (perDay * DAYS.week >= 1) per = 'week';
  const n = perDay * DAYS[per];
  return { per, n: n >= 10 ? n.toFixed(0) : String(Number(n.toFixed(1))) };
}

/**
 * A share in whole percent. What is not all is never shown as all, and what is
 * not nothing never as nothing.
 */
function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 100 && share < 1) return '>99 %';
  if (whole === 0 && share > 0) return '<1 %';
  return `${whole} %`;
}

/**
 * The value of a metric with its unit; undefined where it is not known. A rate
 * is worded by `sayRate`.
 *
 * @public
 */
export function formatMetric(
  metric: Pick<Metric, 'value' | 'unit'>,
  sayRate: (rate: { per: 'day' | 'week' | 'month'; n: string }) => string,
): string | undefined {
  const { value, unit } = metric;
  if (value === null) return undefined;
  if (unit === 'share') return percent(value);
  return unit === 'ms' ? formatSpan(value) : sayRate(rateOf(value));
}
