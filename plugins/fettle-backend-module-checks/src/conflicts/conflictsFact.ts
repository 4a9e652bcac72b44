import {
  createFactCollector,
  createFactRef,
  type FoundLine,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { joined } from '../paths/baseName';
import { matcher } from '../paths/globs';
import { listed, listedSchema } from '../paths/listed';
import { findConflicts } from './findConflicts';
import { DEFAULT_IGNORE } from './ignored';

const MAX_LINES = 10_000;
const MAX_FILES = 500;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_LISTED = 200;

/** The conflicts that were committed. */
export const conflictsFact = createFactRef({
  id: 'conflict-markers',
  schema: z.object({
    files: listedSchema(
      z.object({
        path: z.string(),
        line: z.number().int(),
        label: z.string(),
        conflicts: z.number().int(),
      }),
    ),
    /** Files that show conflicts in code blocks only. */
    shownIn: z.number().int(),
    /** Files with both markers that could not be read, at most 200. */
    unread: z.array(z.string()),
    /** False where there were more marked lines or files than are looked at. */
    complete: z.boolean(),
  }),
});

/** Searches for conflict markers, then reads the files that have both. */
export const conflictsFactCollector = createFactCollector({
  fact: conflictsFact,
  version: 1,
  scope: 'path',
  async collect({ tree, subpath }) {
    const { lines, complete } = await tree.findLines(['<<<<<<< ', '>>>>>>> '], {
      limit: MAX_LINES,
    });
    const ignored = matcher(DEFAULT_IGNORE);
    const paths = filesWithBoth(lines);
    const ordered = [
      ...paths.filter(path => !ignored(joined(subpath, path))),
      ...paths.filter(path => ignored(joined(subpath, path))),
    ];
    const looked = ordered.slice(0, MAX_FILES);
    const texts =
      looked.length > 0
        ? await tree.read(looked, { maxBytes: MAX_BYTES })
        : new Map();
    const files = [];
    const unread: string[] = [];
    let shownIn = 0;
    for (const path of looked) {
      const text: string | undefined = texts.get(path)?.text;
      if (text === undefined) {
        unread.push(joined(subpath, path));
        continue;
      }
      const found = findConflicts(path, text);
      const made = found.filter(conflict => !conflict.shown);
      if (made.length === 0 && found.length > 0) shownIn += 1;
      if (made.length > 0) {
        const [{ line, label }] = made;
        const conflicts = made.length;
        files.push({ path: joined(subpath, path), line, label, conflicts });
      }
    }
    return {
      files: listed(files, {
        max: MAX_LISTED,
        path: file => file.path,
        ignore: DEFAULT_IGNORE,
      }),
      shownIn,
      unread: unread.slice(0, MAX_LISTED),
      complete:
        complete && ordered.length <= MAX_FILES && unread.length <= MAX_LISTED,
    };
  },
});

/** Files in which a first marker comes before a last one. */
function filesWithBoth(lines: FoundLine[]): string[] {
  const opened = new Set<string>();
  const both = new Set<string>();
  for (const { path, text } of lines) {
    if (text.startsWith('<')) opened.add(path);
    else if (opened.has(path)) both.add(path);
  }
  return [...both];
}
