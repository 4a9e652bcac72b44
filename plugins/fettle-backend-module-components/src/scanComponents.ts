import type {
  ComponentReport,
  Scan,
  ScanFile,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import { distinct } from './distinct';
import {
  folderOf,
  Unreadable,
  type Files,
  type Format,
  type Reading,
} from './Format';
import { FORMATS } from './formats';
import { readPublications } from './publications/readPublications';

/** Of one repository; a thousand times what is usual. */
const MOST_COMPONENTS = 300_000;

const LOCKFILES = FORMATS.filter(({ unless }) => !unless);
const MANIFESTS = FORMATS.filter(({ unless }) => unless);

/** Reads the components of each file; one that cannot be read does not disturb the others. */
export const scan: Scan = ({ files: given }) => {
  const files: Files = new Map(given.map(file => [file.path, file]));
  const components: ComponentReport[] = [];
  const problems: ScanProblem[] = [];
  /** Of each file that was read: the folders of the manifests that it speaks for. */
  const covers = new Map<string, Reading['covers']>();
  // Manifests come last: only then is known which of them a lockfile speaks for.
  for (const formats of [LOCKFILES, MANIFESTS]) {
    for (const file of given) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      for (const format of formats) {
        if (!format.matches(name, file.path)) continue;
        if (isCovered(format, file, files, covers)) continue;
        try {
          assertMerged(file);
          const read = format.read(file, files);
          const reading = Array.isArray(read) ? { components: read } : read;
          assertFew(components.length + reading.components.length);
          for (const one of reading.components) components.push(one);
          covers.set(file.path, reading.covers);
        } catch (error) {
          problems.push(toProblem(file, error, format.title));
        }
      }
    }
  }
  const published = readPublications(files);
  const told = new Set(problems.map(({ path }) => path));
  for (const [file, error] of published.failed) {
    // What is no component file either is told of once.
    if (!told.has(file.path)) problems.push(toProblem(file, error));
  }
  problems.sort((a, b) => (a.path! < b.path! ? -1 : 1));
  return {
    ...{ components: distinct(components), problems },
    publishes: published.publishes,
  };
};

/** A manifest with a lockfile in its folder, or of which one above speaks. */
function isCovered(
  { unless }: Format,
  { path }: ScanFile,
  files: Files,
  covers: ReadonlyMap<string, Reading['covers']>,
): boolean {
  if (!unless) return false;
  const own = folderOf(path);
  for (let folder = own; ; ) {
    for (const name of unless) {
      const lockfile = `${folder}${name}`;
      if (!files.has(lockfile)) continue;
      // Of one that cannot be read nobody knows; what was known of it stays.
      if (folder === own || !covers.has(lockfile)) return true;
      if (covers.get(lockfile)?.has(own)) return true;
    }
    if (folder === '') return false;
    folder = folderOf(folder.slice(0, -1));
  }
}

function assertMerged({ text }: ScanFile): void {
  const at = text.search(/^<{7}(?: |$)/m);
  if (at === -1) return;
  const line = text.slice(0, at).split('\n').length;
  throw new Unreadable(
    `It has the conflict markers of a merge that was not finished, from line ${line}.`,
    'Finish the merge, and have the file written anew by its tool.',
  );
}

function assertFew(all: number): void {
  if (all <= MOST_COMPONENTS) return;
  throw new Unreadable(
    `With it the repository has ${all} components; the most is ${MOST_COMPONENTS}.`,
    'Split the repository, or keep what is generated out of Git.',
  );
}

function toProblem(
  { path }: ScanFile,
  error: unknown,
  title = path.slice(path.lastIndexOf('/') + 1),
): ScanProblem {
  const message = `It cannot be read as ${title}.`;
  if (error instanceof Unreadable) {
    return {
      path,
      message: `${message} ${error.message}`,
      action: error.action,
    };
  }
  const told = error instanceof Error ? error.message.split('\n')[0] : '';
  return {
    path,
    message: `${message} ${told.slice(0, 200)}`.trim(),
    action: 'Have it written anew by its tool.',
  };
}
