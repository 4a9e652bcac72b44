import {
  applyEdits,
  format,
  getNodeValue,
  modify,
  parseTree,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { removeProperty } from './removeProperty';
import { addMissing, same, withoutNull } from './values';
import type { MergeInput, MergeStrategy } from './MergeStrategy';

type Path = (string | number)[];

/** As a JSON Merge Patch (RFC 7396), with comments, order and indentation of what is there kept. */
export const mergeJson: MergeStrategy = {
  id: 'merge-json',
  merge(input) {
    const wanted = read(input.wanted);
    if (!wanted || wanted.type !== 'object') {
      return { conflict: 'What the standard says is not a JSON object.' };
    }
    if (input.current === null || input.current.trim() === '') {
      return { content: input.wanted };
    }
    const current = read(input.current);
    if (!current || current.type !== 'object') {
      return { conflict: 'The file is not a JSON object.' };
    }
    let text = input.current;
    for (const { path, value } of changes(current, wanted, input.lists)) {
      text =
        value === undefined
          ? removeProperty(text, path)
          : set(text, path, value);
    }
    return { content: text };
  },
};

function read(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? node : undefined;
}

/** What has to be set, or with undefined taken out, so that the patch holds. */
function changes(
  current: Node,
  patch: Node,
  lists: MergeInput['lists'],
  path: Path = [],
): { path: Path; value: unknown }[] {
  return (patch.children ?? []).flatMap(property => {
    const [key, value] = property.children!;
    const name: string = key.value;
    const here = [...path, name];
    const found = (current.children ?? []).find(
      one => one.children![0].value === name,
    )?.children![1];
    const wanted = getNodeValue(value);
    if (wanted === null) {
      return found ? [{ path: here, value: undefined }] : [];
    }
    if (!found) return [{ path: here, value: withoutNull(wanted) }];
    if (value.type === 'object' && found.type === 'object') {
      return changes(found, value, lists, here);
    }
    const is = getNodeValue(found);
    const should =
      lists === 'add' && Array.isArray(wanted) && Array.isArray(is)
        ? addMissing(is, wanted)
        : withoutNull(wanted);
    return same(is, should) ? [] : [{ path: here, value: should }];
  });
}

function set(text: string, path: Path, value: unknown): string {
  const formattingOptions = formatOf(text);
  const [edit] = modify(text, path, value, {});
  const comment =
    edit?.content.startsWith(',') &&
    /^[ \t]*(\/\/|\/\*)[^\r\n]*/.exec(text.slice(edit.offset));
  if (!comment) {
    return applyEdits(text, modify(text, path, value, { formattingOptions }));
  }
  // What is added last comes behind the comment of what was last before.
  const { offset, content } = edit;
  const at = offset + comment[0].length;
  const added = `\n${content.slice(1)}`;
  const edited = applyEdits(text, [
    { offset, length: 0, content: ',' },
    { offset: at, length: 0, content: added },
  ]);
  const range = { offset: at + 1, length: added.length };
  return applyEdits(edited, format(edited, range, formattingOptions));
}

function formatOf(text: string) {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1 }
    : { insertSpaces: true, tabSize: indent.length };
}
