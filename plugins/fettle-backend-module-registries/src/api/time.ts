import { z } from 'zod';

/** A time in any form that JavaScript reads, as ISO 8601 in UTC; undefined for what is none. */
export const time = z
  .string()
  .nullish()
  .transform(text => {
    const found = new Date(text ?? NaN);
    return Number.isNaN(found.getTime()) ? undefined : found.toISOString();
  });
