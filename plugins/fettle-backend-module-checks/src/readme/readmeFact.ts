import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { joined } from '../paths/baseName';
import { readThroughLinks } from '../tree/readThroughLinks';
import { findReadme } from './findReadme';
import { readmeText } from './readmeText';
import { templateOf } from './templates';

/** The README that a host shows for a folder, measured. */
export const readmeFact = createFactRef({
  id: 'readme',
  schema: z.object({
    /** Null where there is none. */
    readme: z
      .object({
        path: z.string(),
        /** Null where the text cannot be had; `omitted` says why. */
        words: z.number().int().nullable(),
        headingWords: z.number().int(),
        omitted: z.enum(['binary', 'too-large', 'not-a-file']).nullable(),
        /** The generator whose text it still opens with. */
        template: z.string().nullable(),
      })
      .nullable(),
  }),
});

/** Finds and measures the README. */
export const readmeFactCollector = createFactCollector({
  fact: readmeFact,
  version: 1,
  scope: 'path',
  async collect({ tree, subpath }) {
    const entries = await tree.list();
    const found = findReadme(
      entries.filter(e => e.type !== 'submodule').map(e => e.path),
      subpath === '',
    );
    if (found === undefined) return { readme: null };
    const file = await readThroughLinks(tree, found);
    const path = joined(subpath, found);
    if (file?.text === undefined) {
      const omitted = file?.omitted ?? 'not-a-file';
      return {
        readme: { path, words: null, headingWords: 0, omitted, template: null },
      };
    }
    const { words, headingWords, opening } = readmeText(file.text);
    const template = templateOf(opening) ?? null;
    return { readme: { path, words, headingWords, omitted: null, template } };
  },
});
