import { component } from '../component';
import { entriesOf, namesOf, textOf, Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findLines } from '../parse/findLines';
import { readJson } from '../parse/readJson';

/** NuGet's lockfile: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files */
export const nugetLock: Format = {
  title: 'packages.lock.json',
  matches: name => /^packages(?:\.[^/]+)?\.lock\.json$/.test(name),
  read({ path, text }) {
    const lock = readJson(text);
    if (!lock.dependencies) throw new Unreadable('It has no dependencies.');
    const lines = findLines(text, /^ {6}"([^"\\]+)": \{/);
    // One list for each framework that is built for.
    return entriesOf(lock.dependencies).flatMap(([, packages]) => {
      const graph = new Graph();
      // Names differ in case between who is and who asks.
      const keyOf = (name: string) => name.toLowerCase();
      for (const [name, entry] of entriesOf(packages)) {
        const needs = namesOf(entry?.dependencies).map(keyOf);
        if (entry?.type === 'Project') {
          for (const one of needs) graph.ask(one, 'runtime');
          continue;
        }
        graph.add(keyOf(name), name, needs);
        if (entry?.type === 'Direct') {
          graph.ask(keyOf(name), 'runtime', textOf(entry.requested));
        }
      }
      const reached = graph.reach();
      return entriesOf(packages).flatMap(([name, entry]) => {
        if (entry?.type === 'Project') return [];
        return component('NuGet', {
          ...{ name, version: textOf(entry?.resolved) ?? null, path },
          ...{ line: lines.get(name) },
          ...(reached.get(keyOf(name)) ?? UNREACHED),
        });
      });
    });
  },
};
