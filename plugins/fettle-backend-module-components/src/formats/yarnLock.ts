import { parseSyml } from '@yarnpkg/parsers';
import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import {
  entriesOf,
  folderOf,
  textOf,
  type Files,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';

interface Entry {
  key: string;
  name: string;
  version: string | null;
  /** Folder of a workspace, for the repository's own. */
  workspace?: string;
  dependsOn: [string, string][];
}

/** Yarn's lockfile, of version 1 and of those since 2. */
export const yarnLock: Format = {
  title: 'yarn.lock',
  matches: name => name === 'yarn.lock',
  read(file, files) {
    const lock = parseSyml(file.text);
    const entries = new Map<string, Entry>();
    for (const [key, value] of entriesOf(lock)) {
      if (key === '__metadata') continue;
      const entry = readEntry(key, value);
      for (const descriptor of key.split(/,\s*/)) {
        entries.set(descriptor, entry);
      }
    }
    return toReports(entries, file, files);
  },
};

function readEntry(key: string, value: any): Entry {
  const [first] = key.split(/,\s*/);
  const resolution = textOf(value?.resolution);
  const [, resolved] = /^(@?[^@]+)@/.exec(resolution ?? '') ?? [];
  const [, asked = first] = /^(@?[^@]+)@/.exec(first) ?? [];
  const [, alias] = /@npm:(@?[^@]+)@/.exec(first) ?? [];
  const [, workspace] = /@workspace:(.*)$/.exec(resolution ?? '') ?? [];
  return {
    key,
    name: resolved ?? alias ?? asked,
    version: textOf(value?.version) ?? null,
    workspace,
    dependsOn: [
      ...entriesOf(value?.dependencies),
      ...entriesOf(value?.optionalDependencies),
    ].map(([name, range]): [string, string] => [name, String(range)]),
  };
}

function toReports(
  entries: Map<string, Entry>,
  file: ScanFile,
  files: Files,
): ComponentReport[] {
  const graph = new Graph();
  const find = (name: string, range: string) =>
    (
      entries.get(`${name}@${range}`) ??
      entries.get(`${name}@npm:${range}`) ??
      entries.get(`${name}@patch:${range}`)
    )?.key;
  const all = new Set(entries.values());
  const root = folderOf(file.path);
  const roots = new Set(['.']);
  for (const { key, name, workspace, dependsOn } of all) {
    if (workspace !== undefined) {
      roots.add(workspace);
      // Without its manifest, what is for development cannot be told apart.
      if (manifest(workspace)) continue;
      for (const [one, range] of dependsOn) {
        graph.ask(find(one, range), 'unknown');
      }
      continue;
    }
    graph.add(
      key,
      name,
      dependsOn.flatMap(([one, range]) => find(one, range) ?? []),
    );
  }
  for (const workspace of roots) {
    const asked = manifest(workspace);
    for (const [field, scope] of [
      ['dependencies', 'runtime'],
      ['devDependencies', 'development'],
      ['optionalDependencies', 'optional'],
    ] as const) {
      for (const [name, range] of entriesOf(asked?.[field])) {
        graph.ask(find(name, String(range)), scope);
      }
    }
  }
  const reached = graph.reach();
  return [...all]
    .filter(({ workspace }) => workspace === undefined)
    .map(({ key, name, version }) =>
      component('npm', {
        ...{ name, version: version === '0.0.0-use.local' ? null : version },
        path: file.path,
        ...(reached.get(key) ?? UNREACHED),
      }),
    );

  function manifest(workspace: string): any {
    const folder = workspace === '.' ? '' : `${workspace}/`;
    const found = files.get(`${root}${folder}package.json`);
    try {
      return found && JSON.parse(found.text);
    } catch {
      // It is told of where the manifest itself is read.
      return undefined;
    }
  }
}
