import type { Zod } from './FettleAction';

/** How lists are read piece by piece. */
export const pageInput = (zod: Zod) => ({
  limit: zod.number().int().min(1).max(200).default(50),
  cursor: zod
    .string()
    .max(2000)
    .optional()
    .describe('nextCursor of the answer before'),
});

export const pageOutput = (zod: Zod) => ({
  nextCursor: zod
    .string()
    .nullable()
    .describe('For the next piece; null at the end'),
});
