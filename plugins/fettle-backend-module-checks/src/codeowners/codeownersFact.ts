import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readThroughLinks } from '../tree/readThroughLinks';
import { parseCodeowners, type CodeownersDialect } from './parseCodeowners';

/** Where hosts look, first found wins; the folder tells whose rules hold. */
const PLACES: { path: string; dialect: CodeownersDialect }[] = [
  { path: '.github/CODEOWNERS', dialect: 'github' },
  { path: 'CODEOWNERS', dialect: 'any' },
  { path: 'docs/CODEOWNERS', dialect: 'any' },
  { path: '.gitlab/CODEOWNERS', dialect: 'gitlab' },
  { path: '.gitea/CODEOWNERS', dialect: 'gitea' },
  { path: '.forgejo/CODEOWNERS', dialect: 'gitea' },
  { path: '.bitbucket/CODEOWNERS', dialect: 'any' },
];

/** Files that name owners in a form that hosts do not act on. */
const OTHERS = ['OWNERS', 'MAINTAINERS', 'MAINTAINERS.md', 'OWNERS.md'];

/** GitHub does not load a larger one. */
const MAX_CODEOWNERS_BYTES = 3 * 1024 * 1024;
const MAX_ERRORS = 50;

/** The CODEOWNERS file that hosts use, read. */
export const codeownersFact = createFactRef({
  id: 'codeowners',
  schema: z.object({
    /** Null where there is none. */
    file: z
      .object({
        path: z.string(),
        size: z.number().int(),
        omitted: z.enum(['binary', 'too-large', 'not-a-file']).nullable(),
        rules: z.number().int(),
        owned: z.number().int(),
        /** At most 50; `errorCount` has them all. */
        errors: z.array(
          z.object({ line: z.number().int(), message: z.string() }),
        ),
        errorCount: z.number().int(),
      })
      .nullable(),
    /** A file that names owners in another form. */
    other: z.string().nullable(),
  }),
});

/** Finds and parses the CODEOWNERS file. */
export const codeownersFactCollector = createFactCollector({
  fact: codeownersFact,
  version: 1,
  scope: 'repository',
  async collect({ tree }) {
    const paths = [...PLACES.map(place => place.path), ...OTHERS];
    const present = await tree.read(paths, { maxBytes: MAX_CODEOWNERS_BYTES });
    const other = OTHERS.find(path => present.has(path)) ?? null;
    const place = PLACES.find(({ path }) => present.has(path));
    if (!place) return { file: null, other };
    const { path, dialect } = place;
    const read = present.get(path);
    const file = read?.target ? await readThroughLinks(tree, path) : read;
    const { rules, owned, errors } = parseCodeowners(file?.text ?? '', dialect);
    return {
      file: {
        path,
        size: file?.size ?? 0,
        omitted: file?.omitted ?? null,
        rules,
        owned,
        errors: errors.slice(0, MAX_ERRORS),
        errorCount: errors.length,
      },
      other,
    };
  },
});
