import type { ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import {
  attempt,
  folderOf,
  listOf,
  textOf,
  Unreadable,
  type Files,
  type Format,
} from '../Format';
import { findLines } from '../parse/findLines';
import { readXml } from '../parse/readXml';

const LISTS = new Set([
  ...['ItemGroup', 'PackageReference', 'PackageVersion', 'package'],
]);
const CENTRAL = 'Directory.Packages.props';

/** What .NET projects ask for, where no lockfile says what is used, and the older packages.config. */
export const nugetProject: Format = {
  title: 'a project of .NET',
  matches: name =>
    /\.(?:cs|fs|vb)proj$/.test(name) ||
    name === 'Directory.Build.props' ||
    name === 'packages.config',
  unless: ['packages.lock.json'],
  read(file, files) {
    const { path, text } = file;
    const document = readXml(text, LISTS);
    if (!document.Project && document.packages === undefined) {
      throw new Unreadable('It holds no project.');
    }
    const central = centralVersions(file, files);
    const lines = findLines(text, /\s(?:Include|id)\s*=\s*["']([^"']+)["']/);
    const asked = [
      ...itemsOf(document, 'PackageReference').map(one => ({
        name: textOf(one.Include) ?? textOf(one.Update),
        wanted: textOf(one.VersionOverride) ?? textOf(one.Version),
        isTool: /^all$/i.test(String(one.PrivateAssets)),
      })),
      ...listOf(document.packages?.package).map(one => ({
        name: textOf(one?.id),
        wanted: textOf(one?.version),
        isTool: one?.developmentDependency === 'true',
      })),
    ];
    return asked.flatMap(({ name, wanted, isTool }) => {
      if (!name) return [];
      const requirement = wanted ?? central.get(name.toLowerCase());
      // The lowest that will do is what is taken, so a bare one is exact.
      const [, version = null] =
        /^\[?(\d+(?:\.\d+)*(?:-[\w.-]+)?)\]?$/.exec(requirement ?? '') ?? [];
      return component('NuGet', {
        ...{ name, path, version, requirement, direct: true },
        line: lines.get(name),
        scope: isTool ? 'development' : 'runtime',
      });
    });
  },
};

/** Versions that stand once for all projects, in the nearest folder above. */
function centralVersions(
  { path }: ScanFile,
  files: Files,
): ReadonlyMap<string, string> {
  for (let folder = folderOf(path); ; folder = folderOf(folder.slice(0, -1))) {
    const file = files.get(`${folder}${CENTRAL}`);
    const found = file && attempt(() => readXml(file.text, LISTS));
    if (found) {
      return new Map(
        itemsOf(found, 'PackageVersion').flatMap(one => {
          const [name, version] = [textOf(one.Include), textOf(one.Version)];
          return name && version ? [[name.toLowerCase(), version]] : [];
        }),
      );
    }
    if (folder === '') return new Map();
  }
}

function itemsOf(document: any, kind: string): any[] {
  return listOf(document?.Project?.ItemGroup).flatMap(group =>
    listOf(group?.[kind]),
  );
}
