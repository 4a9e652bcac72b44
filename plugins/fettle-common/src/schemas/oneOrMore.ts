import { z } from 'zod';

/** A parameter that is given once or several times. */
export const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform(one => [one] as z.infer<T>[]), z.array(item)]);
