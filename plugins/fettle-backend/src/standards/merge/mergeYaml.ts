import {
  isMap as isYamlMap,
  isSeq,
  parseDocument,
  type Document,
  type YAMLMap,
} from 'yaml';
import { addMissing, isMap, same, withoutNull } from './values';
import type { MergeInput, MergeStrategy } from './MergeStrategy';

/** As a merge patch: null deletes. Comments and order of what is there are kept. */
export const mergeYaml: MergeStrategy = {
  id: 'merge-yaml',
  merge(input) {
    const wanted = read(input.wanted);
    if (!wanted || !isYamlMap(wanted.contents)) {
      return { conflict: 'What the standard says is not one YAML map.' };
    }
    if (input.current === null || input.current.trim() === '') {
      return { content: input.wanted };
    }
    const current = read(input.current);
    if (!current) return { conflict: 'The file is not one YAML document.' };
    if (current.contents === null) return { content: input.wanted };
    if (!isYamlMap(current.contents)) {
      return { conflict: 'The file is not a YAML map.' };
    }
    const patch: unknown = wanted.toJS({ maxAliasCount: 100 });
    if (!isMap(patch)) return { conflict: 'The standard is not a YAML map.' };
    const moved = apply(current, current.contents, patch, input.lists);
    if ('conflict' in moved) return moved;
    if (!moved.changed) return { content: input.current };
    return { content: current.toString(formatOf(input.current)) };
  },
};

function read(text: string): Document | undefined {
  const document = parseDocument(text, { merge: false, uniqueKeys: true });
  return document.errors.length === 0 ? document : undefined;
}

function apply(
  document: Document,
  map: YAMLMap,
  patch: Record<string, unknown>,
  lists: MergeInput['lists'],
): { changed: boolean } | { conflict: string } {
  let changed = false;
  for (const [name, wanted] of Object.entries(patch)) {
    const found: unknown = map.get(name, true);
    if (wanted === null) {
      changed = map.delete(name) || changed;
      continue;
    }
    if (isMap(wanted) && isYamlMap(found)) {
      const inner = apply(document, found, wanted, lists);
      if ('conflict' in inner) return inner;
      changed ||= inner.changed;
      continue;
    }
    if (isMap(wanted) && found !== undefined && !isEmpty(found)) {
      return { conflict: `'${name}' is no map of its own there.` };
    }
    const is = valueOf(document, found);
    const should =
      lists === 'add' && Array.isArray(wanted) && Array.isArray(is)
        ? addMissing(is, wanted)
        : withoutNull(wanted);
    if (same(is, should)) continue;
    changed = true;
    if (isSeq(found) && Array.isArray(is) && Array.isArray(should)) {
      // Items that stay keep their comments.
      const kept = found.items.filter((_, at) =>
        should.some(one => same(one, is[at])),
      );
      const added = should.filter(one => !is.some(other => same(one, other)));
      const ordered = [...kept, ...added.map(one => document.createNode(one))];
      found.items = ordered as typeof found.items;
    } else {
      map.set(name, document.createNode(should));
    }
  }
  return { changed };
}

function isEmpty(node: unknown): boolean {
  return (node as { value?: unknown } | null)?.value === null;
}

function valueOf(document: Document, node: unknown): unknown {
  if (node === undefined || node === null) return undefined;
  return (node as { toJS(document: Document): unknown }).toJS(document);
}

function formatOf(text: string) {
  const indent = /\n( +)[^\s#-]/.exec(text)?.[1].length ?? 2;
  // `key:` and its list at the same depth.
  const flat = /^( *)[^\s#-][^\n]*:\s*\n\1- /m.test(text);
  return { lineWidth: 0, indent: Math.min(indent, 8), indentSeq: !flat };
}
