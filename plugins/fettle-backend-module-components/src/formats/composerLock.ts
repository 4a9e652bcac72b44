import { component } from '../component';
import {
  attempt,
  beside,
  entriesOf,
  listOf,
  namesOf,
  textOf,
  Unreadable,
  type Format,
} from '../Format';
import { Graph, UNREACHED, type Scope } from '../Graph';
import { findLines } from '../parse/findLines';
import { readJson } from '../parse/readJson';

interface Pinned {
  name: string;
  version: string | null;
  licence?: string;
  /** Which list it stands in. */
  scope: Scope;
}

/** Composer's lockfile: https://getcomposer.org/doc/01-basic-usage.md */
export const composerLock: Format = {
  title: 'composer.lock',
  matches: name => name === 'composer.lock',
  read(file, files) {
    const lock = readJson(file.text);
    if (!Array.isArray(lock.packages)) {
      throw new Unreadable('It has no list of packages.');
    }
    const graph = new Graph();
    const pinned: Pinned[] = [];
    for (const [section, scope] of [
      ['packages', 'runtime'],
      ['packages-dev', 'development'],
    ] as const) {
      for (const one of listOf(lock[section])) {
        const name = textOf(one?.name);
        if (!name) throw new Unreadable('It has a package without a name.');
        const version = textOf(one.version)?.replace(/^v(?=\d)/, '') ?? null;
        const licences = listOf(one.license).flatMap(
          value => textOf(value) ?? [],
        );
        pinned.push({
          // A branch has no version.
          ...{ name, version: version?.startsWith('dev-') ? null : version },
          ...{ licence: licences.join(' OR ') || undefined, scope },
        });
        graph.add(name, name, namesOf(one.require));
      }
    }
    const manifest = beside(file, 'composer.json', files);
    const asked = manifest && attempt(() => readJson(manifest.text));
    for (const [field, scope] of [
      ['require', 'runtime'],
      ['require-dev', 'development'],
    ] as const) {
      for (const [name, wanted] of entriesOf(asked?.[field])) {
        graph.ask(name, scope, textOf(wanted));
      }
    }
    const reached = graph.reach();
    const lines = findLines(file.text, /^ {12}"name": "([^"\\]+)"/);
    return pinned.map(({ name, version, licence, scope }) =>
      component('Packagist', {
        ...{ name, version, licence, path: file.path, line: lines.get(name) },
        ...(reached.get(name) ?? UNREACHED),
        // Its lists tell for sure, also what is provided by another name.
        scope,
      }),
    );
  },
};
