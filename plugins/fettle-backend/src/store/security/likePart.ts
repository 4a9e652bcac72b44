import { storable } from '../storable';

/** For `like … escape '\'`: anything with this text in it, in lower case. */
export function likePart(text: string): string {
  const part = storable(text.toLocaleLowerCase('en-US'));
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`;
}
