import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { joined } from '../paths/baseName';
import { listed, listedSchema } from '../paths/listed';
import { findOutput } from './findOutput';
import { DEFAULT_IGNORE } from './ignored';

const MAX_LISTED = 200;

/** Build output that was committed, by folder. */
export const outputFact = createFactRef({
  id: 'build-output',
  schema: z.object({
    folders: listedSchema(
      z.object({
        folder: z.string(),
        made: z.string(),
        grade: z.enum(['certain', 'likely', 'leftover']),
        files: z.number().int(),
        bytes: z.number(),
        sample: z.string(),
      }),
    ),
  }),
});

/** Finds build output by names, and by what lies beside and inside. */
export const outputFactCollector = createFactCollector({
  fact: outputFact,
  version: 1,
  scope: 'path',
  async collect({ tree, subpath }) {
    const rank = { certain: 0, likely: 1, leftover: 2 };
    const found = findOutput(await tree.list())
      .map(output => ({
        ...output,
        folder: output.folder === '' ? subpath : joined(subpath, output.folder),
        sample: joined(subpath, output.sample),
      }))
      .sort((a, b) => rank[a.grade] - rank[b.grade] || b.files - a.files);
    const folders = listed(found, {
      max: MAX_LISTED,
      path: output => output.sample,
      ignore: DEFAULT_IGNORE,
    });
    return { folders };
  },
});
