import type { ScanFile } from 'backstage-plugin-fettle-node';
import { folderBelow, folderOf, listOf, type Files } from '../../Format';
import { readXml } from '../../parse/readXml';

const MOST_PARENTS = 10;
const LISTS = new Set(['dependency', 'profile']);

const read = new WeakMap<ScanFile, any>();

/** What a pom.xml holds. Each is the parent of many, and read once. */
function readProject(file: ScanFile): any {
  if (!read.has(file)) {
    const { project } = readXml(file.text, LISTS);
    read.set(file, typeof project === 'object' ? project : undefined);
  }
  return read.get(file);
}

/** The project of a file and its parents, the nearest first, as far as they are files of the repository. */
export function lineageOf(file: ScanFile, files: Files): any[] {
  const lineage: any[] = [];
  const seen = new Set<string>();
  for (let at: ScanFile | undefined = file; at && !seen.has(at.path); ) {
    const project = readProject(at);
    if (!project || lineage.length >= MOST_PARENTS) break;
    seen.add(at.path);
    lineage.push(project);
    at = parentOf(project, at, files);
  }
  return lineage;
}

/** Maven looks in the folder above, and takes what is there only if it is the one that is named. */
function parentOf(
  { parent }: any,
  { path }: ScanFile,
  files: Files,
): ScanFile | undefined {
  // An empty path says that it is in no folder.
  if (!parent?.artifactId || parent.relativePath === '') return undefined;
  const relative = String(parent.relativePath ?? '../pom.xml');
  const folder = folderBelow(folderOf(path), relative).slice(0, -1);
  const found =
    files.get(folder) ?? files.get(folder ? `${folder}/pom.xml` : 'pom.xml');
  const project = found && readProject(found);
  return project?.artifactId === parent.artifactId ? found : undefined;
}

/** Dependencies of a project, or of what it manages. */
export function dependenciesOf(of: any): any[] {
  return listOf(of?.dependencies?.dependency).filter(
    one => typeof one?.artifactId === 'string',
  );
}
