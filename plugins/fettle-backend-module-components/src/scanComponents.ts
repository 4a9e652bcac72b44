import type {
  ComponentReport,
  Scan,
  ScanFile,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import { folderOf, Unreadable, type Files, type Format } from './Format';
import { FORMATS } from './formats';

/** Reads the components of each file; one that cannot be read does not disturb the others. */
export const scan: Scan = ({ files: given }) => {
  const files: Files = new Map(given.map(file => [file.path, file]));
  const components: ComponentReport[] = [];
  const problems: ScanProblem[] = [];
  for (const file of given) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    for (const format of FORMATS) {
      if (!format.matches(name, file.path)) continue;
      if (isCovered(format, file, files)) continue;
      try {
        assertMerged(file);
        for (const one of format.read(file, files)) components.push(one);
      } catch (error) {
        problems.push(toProblem(format, file, error));
      }
    }
  }
  return { components: distinct(components), problems };
};

/** A manifest under a lockfile, in its folder or above: a workspace has one for all. */
function isCovered({ unless }: Format, file: ScanFile, files: Files): boolean {
  if (!unless) return false;
  for (let folder = folderOf(file.path); ; ) {
    if (unless.some(name => files.has(`${folder}${name}`))) return true;
    if (folder === '') return false;
    folder = folderOf(folder.slice(0, -1));
  }
}

function assertMerged({ text }: ScanFile): void {
  const line = text.split('\n').findIndex(one => one.startsWith('<<<<<<< '));
  if (line === -1 || !/^>>>>>>> /m.test(text)) return;
  throw new Unreadable(
    `It has a merge that was not finished, from line ${line + 1}.`,
    'Finish the merge, and have the lockfile written anew.',
  );
}

function toProblem(format: Format, { path }: ScanFile, error: unknown) {
  if (error instanceof Unreadable) {
    return { path, message: error.message, action: error.action };
  }
  const told = error instanceof Error ? error.message.split('\n')[0] : '';
  return {
    path,
    message: `It cannot be read as ${format.title}: ${told.slice(0, 200)}`,
    action: 'Have it written anew by its tool.',
  };
}

/** A file may name a package more than once. */
function distinct(components: readonly ComponentReport[]): ComponentReport[] {
  const seen = new Map<string, ComponentReport>();
  for (const one of components) {
    if (one.name === '' || one.name.length > 300) continue;
    const key = `${one.path}\0${one.purl}\0${
      one.version ?? one.requirement ?? ''
    }`;
    const before = seen.get(key);
    if (!before || (one.direct && !before.direct)) seen.set(key, one);
  }
  return [...seen.values()];
}
