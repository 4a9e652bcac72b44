import { attempt, listOf, textOf, type Files } from '../../Format';
import { readJson } from '../../parse/readJson';

const MANIFEST = 'package.json';

/** The package.json of a folder; undefined where there is none that can be read. */
export function readManifest(folder: string, files: Files): any {
  const file = files.get(`${folder}${MANIFEST}`);
  return file && attempt(() => readJson(file.text));
}

/** The folder of a root manifest, and those of its workspaces. */
export function manifestFolders(
  root: string,
  manifest: any,
  files: Files,
): string[] {
  const listed = manifest?.workspaces?.packages ?? manifest?.workspaces;
  const patterns = listOf(listed).flatMap(one => textOf(one) ?? []);
  if (patterns.length === 0) return [root];
  // More of these are in no manifest, and would be slow to look for.
  const parts = patterns
    .map(partsOf)
    .filter(pattern => pattern.filter(part => part === '**').length <= 2);
  const [but, all] = [true, false].map(not =>
    parts.filter(([first]) => first?.startsWith('!') === not),
  );
  const found = [...files.keys()]
    .filter(path => path.startsWith(root) && path.endsWith(`/${MANIFEST}`))
    .map(path => path.slice(0, -MANIFEST.length))
    .filter(folder => {
      const below = partsOf(folder.slice(root.length));
      return (
        all.some(pattern => isMatch(pattern, below)) &&
        !but.some(([first, ...rest]) =>
          isMatch([first.slice(1), ...rest], below),
        )
      );
    });
  return [root, ...found.filter(folder => folder !== root)];
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}

/** `*` for anything in a part, `**` for parts. No expression is made of what others wrote. */
function isMatch(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    return [...path, ''].some((_, at) => isMatch(rest, path.slice(at)));
  }
  if (path.length === 0) return false;
  const star = first.indexOf('*');
  const [part] = path;
  const matches =
    star === -1
      ? part === first
      : part.length >= first.length - 1 &&
        part.startsWith(first.slice(0, star)) &&
        part.endsWith(first.slice(star + 1));
  return matches && isMatch(rest, path.slice(1));
}
