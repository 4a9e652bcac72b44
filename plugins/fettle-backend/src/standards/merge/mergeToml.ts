import { parse, patch } from '@decimalturn/toml-patch';
import { addMissing, isMap } from './values';
import type { MergeInput, MergeStrategy } from './MergeStrategy';

/** Deeper than anyone nests: what is new is a table of its own, as people write them. */
const ALWAYS_TABLES = 20;

/** What the standard says is set; comments and order of what is there are kept. */
export const mergeToml: MergeStrategy = {
  id: 'merge-toml',
  merge(input) {
    const wanted = read(input.wanted);
    if (!wanted) return { conflict: 'What the standard says is not TOML.' };
    if (input.current === null || input.current.trim() === '') {
      return { content: input.wanted };
    }
    const current = read(input.current);
    if (!current) return { conflict: 'The file is not TOML.' };
    const merged = merge(current, wanted, input.lists);
    return {
      content: patch(input.current, merged, {
        inlineTableStart: ALWAYS_TABLES,
      }),
    };
  },
};

function read(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    // Whatever it says of it: it is not TOML, which is what is told.
    return undefined;
  }
}

function merge(
  is: Record<string, unknown>,
  wanted: Record<string, unknown>,
  lists: MergeInput['lists'],
): Record<string, unknown> {
  const merged = new Map(Object.entries(is));
  for (const [name, value] of Object.entries(wanted)) {
    const found = merged.get(name);
    if (isMap(value) && isMap(found)) {
      merged.set(name, merge(found, value, lists));
    } else if (
      lists === 'add' &&
      Array.isArray(value) &&
      Array.isArray(found)
    ) {
      merged.set(name, addMissing(found, value));
    } else {
      merged.set(name, value);
    }
  }
  return Object.fromEntries(merged);
}
