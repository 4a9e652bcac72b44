import { parse, TomlError } from 'smol-toml';
import { Unreadable } from '../Format';

/** A document in TOML. */
export function readToml(text: string): any {
  try {
    return parse(text);
  } catch (error) {
    const line = error instanceof TomlError ? `, in line ${error.line}` : '';
    throw new Unreadable(`It is no TOML${line}.`);
  }
}
