import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { baseName, folderOf, joined } from '../paths/baseName';
import { matcher } from '../paths/globs';
import {
  SAMPLE_FOLDERS,
  TEST_FOLDERS,
  VENDOR_FOLDERS,
} from '../paths/sampleGlobs';
import { readThroughLinks } from '../tree/readThroughLinks';
import { parseDescriptor } from './parseDescriptor';

const NAME = /^catalog-info\.ya?ml$/;
const MAX_PROBLEMS = 50;
const MAX_NAMES = 20;

/** The catalog descriptor of a folder. */
export const descriptorFact = createFactRef({
  id: 'catalog-descriptor',
  schema: z.object({
    /** Whether a folder of the repository was looked at, not the whole. */
    inFolder: z.boolean(),
    /** Null where there is none. */
    descriptor: z
      .object({
        path: z.string(),
        omitted: z.enum(['binary', 'too-large', 'not-a-file']).nullable(),
        /** `Kind:name`, at most 20; `entityCount` has them all. */
        entities: z.array(z.string()),
        entityCount: z.number().int(),
        problems: z.array(
          z.object({ line: z.number().int(), message: z.string() }),
        ),
        problemCount: z.number().int(),
      })
      .nullable(),
    /** Descriptors further down, outside of tests and samples: how many, and the first. */
    below: z.number().int(),
    firstBelow: z.string().nullable(),
  }),
});

/** Reads the descriptor. */
export const descriptorFactCollector = createFactCollector({
  fact: descriptorFact,
  version: 1,
  scope: 'path',
  async collect({ tree, subpath }) {
    const ignored = matcher([TEST_FOLDERS, SAMPLE_FOLDERS, VENDOR_FOLDERS]);
    const all = (await tree.list())
      .map(entry => entry.path)
      .filter(path => NAME.test(baseName(path)));
    const below = all.filter(path => folderOf(path) !== '' && !ignored(path));
    const rest = {
      inFolder: subpath !== '',
      below: below.length,
      firstBelow: below.length > 0 ? joined(subpath, below[0]) : null,
    };
    const own = all
      .filter(path => folderOf(path) === '')
      .sort((a, b) => (a < b ? 1 : -1))[0];
    if (own === undefined) return { descriptor: null, ...rest };
    const file = await readThroughLinks(tree, own);
    const { entities, problems } = await parseDescriptor(file?.text ?? '');
    const descriptor = {
      path: joined(subpath, own),
      omitted: file?.omitted ?? null,
      entities: entities.slice(0, MAX_NAMES).map(name => name.slice(0, 200)),
      entityCount: entities.length,
      problems: problems.slice(0, MAX_PROBLEMS),
      problemCount: problems.length,
    };
    return { descriptor, ...rest };
  },
});
