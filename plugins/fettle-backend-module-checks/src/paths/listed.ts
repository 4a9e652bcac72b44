import { z } from 'zod';
import { matcher } from './globs';

/**
 * A list in a fact, cut to a length. Which paths are ignored is a parameter of
 * the check, so that a collector lists what the default globs ignore last, and
 * says whether only such items were left out.
 */
export function listedSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    /** All of them. */
    count: z.number().int(),
    /** Whether everything that was left out fits the default globs. */
    restIgnored: z.boolean(),
  });
}

/** Cuts a list, what the default globs ignore last. */
export function listed<T>(
  items: readonly T[],
  options: {
    max: number;
    path: (item: T) => string;
    ignore: readonly string[];
  },
) {
  const ignored = matcher(options.ignore);
  const own = items.filter(item => !ignored(options.path(item)));
  const rest = items.filter(item => ignored(options.path(item)));
  return {
    items: [...own, ...rest].slice(0, options.max),
    count: items.length,
    restIgnored: own.length <= options.max,
  };
}

/** Whether an item that counts may have been left out. */
export function mayHide(
  list: { items: unknown[]; count: number; restIgnored: boolean },
  ignore: readonly string[],
  defaults: readonly string[],
): boolean {
  const stillIgnored =
    list.restIgnored && defaults.every(glob => ignore.includes(glob));
  return list.count > list.items.length && !stillIgnored;
}
