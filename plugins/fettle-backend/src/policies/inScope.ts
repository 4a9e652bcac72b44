import type { Policy } from 'backstage-plugin-fettle-common';
import type { Subject } from './subject/Subject';

type Parts = Policy['scope'];

/** Whether a repository fits the parts of a scope that are lists; `when` is evaluated like a condition. */
export function fitsLists(
  { owners, systems, repositories }: Parts,
  { name, entities }: Pick<Subject, 'name' | 'entities'>,
): boolean {
  return (
    fits(
      owners,
      entities.map(({ owner }) => owner),
    ) &&
    fits(
      systems,
      entities.map(({ system }) => system),
    ) &&
    (repositories.length === 0 ||
      repositories.some(pattern => matches(pattern, name)))
  );
}

function fits(
  wanted: readonly string[],
  found: readonly (string | null)[],
): boolean {
  if (wanted.length === 0) return true;
  const known = new Set(wanted.map(lower));
  return found.some(ref => ref !== null && known.has(lower(ref)));
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en-US');
}

/** Without a regular expression: the time is bounded by the two lengths, whatever the pattern. */
function matches(pattern: string, name: string): boolean {
  const [first, ...parts] = lower(pattern).split('*');
  const text = lower(name);
  if (parts.length === 0) return text === first;
  const last = parts.pop()!;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
