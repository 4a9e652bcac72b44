import { Unreadable } from '../Format';

/** An object in JSON. What the parser says of it quotes the file, which may hold anything: only the place is told. */
export function readJson(text: string): any {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const told = error instanceof Error ? error.message : '';
    if (text.trim() === '') throw new Unreadable('It is empty.');
    const [, position, line] =
      /at position (\d+)(?: \(line (\d+) )?/.exec(told) ?? [];
    const isCut = Number(position) >= text.trimEnd().length;
    if (isCut || /end of JSON input/.test(told)) {
      throw new Unreadable('It ends in the middle.');
    }
    throw new Unreadable(`It is no JSON${line ? `, in line ${line}` : ''}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unreadable('It holds no object.');
  }
  return value;
}
