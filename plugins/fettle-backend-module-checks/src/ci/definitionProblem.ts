import { parseAllDocuments } from 'yaml';

/**
 * Why a YAML text defines no pipeline, or null where it does: it must be a
 * mapping with the keys given. Custom tags such as GitLab's `!reference` are
 * fine; aliases are not resolved.
 */
export function definitionProblem(
  text: string,
  keys: readonly string[],
): { line: number; message: string } | null {
  const documents = [
    ...parseAllDocuments(text, { prettyErrors: true, logLevel: 'error' }),
  ];
  const error = documents.flatMap(document => document.errors)[0];
  if (error) {
    const message = error.message.split('\n')[0].slice(0, 200);
    return { line: error.linePos?.[0].line ?? 1, message };
  }
  const found = documents.flatMap(({ contents }) =>
    contents !== null && 'items' in contents ? [keysOf(contents.items)] : [],
  );
  if (found.every(names => names.length === 0)) {
    return { line: 1, message: 'It defines nothing.' };
  }
  if (found.some(names => keys.every(key => names.includes(key)))) return null;
  const missing = keys.filter(key => !found[0].includes(key));
  return { line: 1, message: `It has no '${missing.join("' and no '")}'.` };
}

function keysOf(items: readonly unknown[]): string[] {
  return items.flatMap(item =>
    typeof item === 'object' && item !== null && 'key' in item
      ? [String(item.key)]
      : [],
  );
}
