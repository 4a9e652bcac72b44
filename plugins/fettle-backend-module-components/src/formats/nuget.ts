import { XMLParser } from 'fast-xml-parser';
import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import { entriesOf, listOf, textOf, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

const parser = new XMLParser({
  ...{
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
  },
  ...{ ignoreAttributes: false, attributeNamePrefix: '' },
  isArray: name => ['ItemGroup', 'PackageReference', 'package'].includes(name),
});

/** NuGet's lockfile: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files */
export const nugetLock: Format = {
  title: 'packages.lock.json',
  matches: name => name === 'packages.lock.json',
  read({ path, text }) {
    const lock = JSON.parse(text);
    const found = new Map<string, ComponentReport>();
    for (const [, packages] of entriesOf(lock?.dependencies)) {
      const graph = new Graph();
      for (const [name, entry] of entriesOf(packages)) {
        graph.add(
          name,
          name,
          entriesOf(entry?.dependencies).map(([one]) => one),
        );
        if (entry?.type === 'Direct') graph.ask(name, 'runtime');
      }
      const reached = graph.reach();
      for (const [name, entry] of entriesOf(packages)) {
        const version = textOf(entry?.resolved);
        if (!version) continue;
        const how = reached.get(name) ?? UNREACHED;
        const key = `${name}@${version}`;
        if (!found.has(key)) {
          found.set(key, component('NuGet', { name, version, path, ...how }));
        }
      }
    }
    return [...found.values()];
  },
};

/** Projects and the older packages.config. */
export const nugetProject: Format = {
  title: '*.csproj, packages.config',
  matches: name =>
    /\.(?:cs|fs|vb)proj$/.test(name) || name === 'packages.config',
  unless: ['packages.lock.json'],
  read({ path, text }) {
    const document = parser.parse(text);
    const references = [
      ...listOf(document?.Project?.ItemGroup).flatMap(group =>
        listOf(group?.PackageReference).map(one => [one.Include, one.Version]),
      ),
      ...listOf(document?.packages?.package).map(one => [one.id, one.version]),
    ];
    return references.flatMap(([id, given]) => {
      const name = textOf(id);
      if (!name) return [];
      const wanted = textOf(given);
      const exact = wanted !== undefined && /^\d[\w.+-]*$/.test(wanted);
      return [
        component('NuGet', {
          ...{ name, path, direct: true, scope: 'runtime' },
          version: exact ? wanted : null,
          requirement: exact ? undefined : wanted,
        }),
      ];
    });
  },
};
