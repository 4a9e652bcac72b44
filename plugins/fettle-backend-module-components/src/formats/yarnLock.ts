import { parseSyml } from '@yarnpkg/parsers';
import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import { entriesOf, folderBelow, folderOf, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findLines } from '../parse/findLines';
import { readYaml } from '../parse/readYaml';
import { manifestFolders, readManifest } from './npm/manifests';
import { YarnEntries } from './npm/YarnEntries';

const HEAD = '# yarn lockfile v1\n';
const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

/** Yarn's lockfile, of version 1 and of those since 2. */
export const yarnLock: Format = {
  title: 'yarn.lock',
  matches: name => name === 'yarn.lock',
  read(file, files) {
    // Since version 2 it is YAML; the head has the parser read it as what was before.
    const lock = /^__metadata:/m.test(file.text)
      ? readYaml(file.text)
      : parseSyml(`${HEAD}${file.text}`);
    const folder = folderOf(file.path);
    const root = readManifest(folder, files);
    const entries = new YarnEntries(lock, root);
    // The older one does not tell which folders belong to it.
    const folders =
      entries.workspaces.size > 0
        ? [...entries.workspaces.keys()].map(one => folderBelow(folder, one))
        : manifestFolders(folder, root, files);
    const graph = new Graph();
    for (const { key, name, own, needs, may } of entries.all) {
      if (own) continue;
      const find = (list: readonly [string, string][]) =>
        list.flatMap(([one, range]) => entries.find(one, range) ?? []);
      graph.add(key, name, find(needs), find(may));
    }
    for (const one of folders) {
      const manifest = readManifest(one, files);
      for (const [field, scope] of SCOPES) {
        for (const [name, range] of entriesOf(manifest?.[field])) {
          const wanted = String(range);
          graph.ask(entries.find(name, wanted), scope, wanted);
        }
      }
    }
    askOfUnread(graph, entries, one =>
      readManifest(folderBelow(folder, one), files),
    );
    const components = toReports(entries, graph, file);
    return { components, covers: new Set(folders) };
  },
};

/** Without its manifest, what a workspace has for development cannot be told apart. */
function askOfUnread(
  graph: Graph,
  entries: YarnEntries,
  manifestOf: (workspace: string) => unknown,
): void {
  for (const [workspace, { needs, may }] of entries.workspaces) {
    if (manifestOf(workspace)) continue;
    for (const [name, range] of [...needs, ...may]) {
      graph.ask(entries.find(name, range), 'unknown', range);
    }
  }
}

function toReports(
  entries: YarnEntries,
  graph: Graph,
  { path, text }: ScanFile,
): ComponentReport[] {
  const reached = graph.reach();
  const lines = findLines(text, /^"?([^\s",#][^",]*)[^:]*.*:$/);
  return entries.all
    .filter(({ own }) => !own)
    .map(({ key, first, name, version }) =>
      component('npm', {
        ...{ name, version, path, line: lines.get(first) },
        ...(reached.get(key) ?? UNREACHED),
      }),
    );
}
