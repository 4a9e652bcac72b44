import {
  createScanner,
  findNodeAtLocation,
  parseTree,
  type JSONPath,
} from 'jsonc-parser';

/** Takes a property out of JSON with comments; the comments around it stay. */
export function removeProperty(text: string, path: JSONPath): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const property = root && findNodeAtLocation(root, path)?.parent;
  const siblings = property?.parent?.children;
  if (!property || !siblings) return text;
  const at = siblings.indexOf(property);
  const end = property.offset + property.length;
  const after = commaFrom(text, end);
  const previous = siblings[at - 1];
  const isLast = at === siblings.length - 1;
  const before =
    isLast && after === undefined && previous
      ? commaFrom(text, previous.offset + previous.length)
      : undefined;
  const start = startOfLine(text, property.offset);
  const stop = after === undefined ? end : after + 1;
  const without = `${text.slice(0, start)}${text.slice(stop)}`;
  return before === undefined
    ? without
    : `${text.slice(0, before)}${text.slice(before + 1, start)}${text.slice(
        stop,
      )}`;
}

/** The place of the comma that comes next, over spaces and comments. */
function commaFrom(text: string, from: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === ',' ? at : undefined;
}

/** With the line break before it, where nothing else stands before it on its line. */
function startOfLine(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return before.length - (/\r?\n[ \t]*$/.exec(before)?.[0].length ?? 0);
}
