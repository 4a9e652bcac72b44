import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readThroughLinks } from '../tree/readThroughLinks';
import { DECLARING_MANIFESTS, declaredLicence } from './declaredLicence';
import { findLicences } from './findLicences';
import { recogniseLicence } from './recogniseLicence';

const MAX_FILES = 20;

const fileSchema = z.object({
  path: z.string(),
  /** Words of its text; null where it cannot be read. */
  words: z.number().int().nullable(),
  /** The SPDX id, where the words give it away. */
  spdx: z.string().nullable(),
  /** First line with an unfilled placeholder. */
  placeholder: z
    .object({ line: z.number().int(), text: z.string() })
    .nullable(),
});

/** The licence texts at the top of a repository, and what manifests declare. */
export const licenceFact = createFactRef({
  id: 'licence',
  schema: z.object({
    /** Best first, at most 20. */
    files: z.array(fileSchema),
    declared: z.object({ path: z.string(), licence: z.string() }).nullable(),
  }),
});

/** Reads the licence texts. */
export const licenceFactCollector = createFactCollector({
  fact: licenceFact,
  version: 1,
  scope: 'repository',
  async collect({ tree }) {
    const entries = await tree.list();
    const paths = findLicences(
      entries.filter(e => e.type !== 'submodule').map(e => e.path),
    );
    const files = await Promise.all(
      paths.slice(0, MAX_FILES).map(async path => {
        const text = (await readThroughLinks(tree, path))?.text;
        return {
          path,
          words:
            text?.match(/[\p{L}\p{N}]+/gu)?.length ??
            (text === undefined ? null : 0),
          spdx: text === undefined ? null : recogniseLicence(text),
          placeholder: text === undefined ? null : placeholderIn(text),
        };
      }),
    );
    const declared = declaredLicence(await tree.read(DECLARING_MANIFESTS));
    return { files, declared };
  },
});

// Licences of the GNU and Apache kind hold placeholders of their own in the
// appendix on how to apply them; these are the ones of short licences only.
function placeholderIn(text: string) {
  const lines = text.split(/\r?\n/).slice(0, 30);
  const at = lines.findIndex(line =>
    /^\s*copyright.*(\[year\]|\[fullname\]|<copyright holders?>|<owner>)/i.test(
      line,
    ),
  );
  if (at < 0) return null;
  return { line: at + 1, text: lines[at].trim().slice(0, 200) };
}
