import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { joined } from '../paths/baseName';
import { matcher } from '../paths/globs';
import { findOutput } from './findOutput';
import { DEFAULT_IGNORE } from './ignored';

const MAX_LISTED = 200;

/** Build output that was committed, by folder. */
export const outputFact = createFactRef({
  id: 'build-output',
  schema: z.object({
    /** At most 200, tests and samples last; `folderCount` has them all. */
    folders: z.array(
      z.object({
        folder: z.string(),
        made: z.string(),
        grade: z.enum(['certain', 'likely', 'leftover']),
        files: z.number().int(),
        bytes: z.number(),
        sample: z.string(),
      }),
    ),
    folderCount: z.number().int(),
  }),
});

/** Finds build output by names, and by what lies beside and inside. */
export const outputFactCollector = createFactCollector({
  fact: outputFact,
  version: 1,
  scope: 'path',
  async collect({ tree, subpath }) {
    const ignored = matcher(DEFAULT_IGNORE);
    const found = findOutput(await tree.list()).map(output => ({
      ...output,
      folder: output.folder === '' ? subpath : joined(subpath, output.folder),
      sample: joined(subpath, output.sample),
    }));
    const rank = { certain: 0, likely: 1, leftover: 2 };
    const ranked = found
      .map(output => ({ output, sample: ignored(output.sample) ? 1 : 0 }))
      .sort(
        (a, b) =>
          a.sample - b.sample ||
          rank[a.output.grade] - rank[b.output.grade] ||
          b.output.files - a.output.files,
      )
      .map(({ output }) => output);
    return { folders: ranked.slice(0, MAX_LISTED), folderCount: found.length };
  },
});
