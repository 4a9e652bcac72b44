import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { parse } from 'smol-toml';
import { component, normalizePypi } from '../component';
import {
  beside,
  entriesOf,
  listOf,
  textOf,
  type Files,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';

type Scope = ComponentReport['scope'];

/** What a project asks for, by its pyproject.toml. */
export function readPyproject(text: string): Map<string, Scope> {
  const project: any = parse(text);
  const asked = new Map<string, Scope>();
  const ask = (name: string, scope: Scope) => {
    const key = normalizePypi(name);
    if (!asked.has(key) || scope === 'runtime') asked.set(key, scope);
  };
  const lists: [unknown, Scope][] = [
    [project.project?.dependencies, 'runtime'],
    ...entriesOf(project.project?.['optional-dependencies']).map(
      ([, list]): [unknown, Scope] => [list, 'optional'],
    ),
    ...entriesOf(project['dependency-groups']).map(
      ([, list]): [unknown, Scope] => [list, 'development'],
    ),
    ...entriesOf(project.tool?.pdm?.['dev-dependencies']).map(
      ([, list]): [unknown, Scope] => [list, 'development'],
    ),
    [project.tool?.uv?.['dev-dependencies'], 'development'],
  ];
  for (const [list, scope] of lists) {
    for (const one of listOf(list)) {
      const name = /^[A-Za-z0-9][\w.-]*/.exec(String(one))?.[0];
      if (name) ask(name, scope);
    }
  }
  const poetry = project.tool?.poetry;
  const tables: [unknown, Scope][] = [
    [poetry?.dependencies, 'runtime'],
    [poetry?.['dev-dependencies'], 'development'],
    ...entriesOf(poetry?.group).map(([, group]): [unknown, Scope] => [
      group?.dependencies,
      'development',
    ]),
  ];
  for (const [table, scope] of tables) {
    for (const [name] of entriesOf(table)) {
      if (name !== 'python') ask(name, scope);
    }
  }
  return asked;
}

/** poetry.lock, uv.lock and pdm.lock: packages in TOML, each in its own words. */
export const pythonLocks: Format = {
  title: 'poetry.lock, uv.lock, pdm.lock',
  matches: name => ['poetry.lock', 'uv.lock', 'pdm.lock'].includes(name),
  read(file, files) {
    const lock: any = parse(file.text);
    const graph = new Graph();
    const versions = new Map<string, string | null>();
    for (const one of listOf(lock.package)) {
      const name = normalizePypi(textOf(one?.name) ?? '');
      if (name === '') continue;
      const { source } = one;
      // uv names the project itself among its packages.
      const own =
        source && ['editable', 'virtual', 'directory'].some(k => k in source);
      if (own) {
        askAll(graph, one.dependencies, 'runtime');
        for (const [, list] of entriesOf(one['optional-dependencies'])) {
          askAll(graph, list, 'optional');
        }
        for (const [, list] of entriesOf(one['dev-dependencies'])) {
          askAll(graph, list, 'development');
        }
        continue;
      }
      versions.set(name, textOf(one.version) ?? null);
      graph.add(name, name, dependenciesOf(one.dependencies));
      // Older poetry says what a package is for, and not who asks for it.
    }
    for (const [name, scope] of askedBeside(file, files))
      graph.ask(name, scope);
    const reached = graph.reach();
    return [...versions].map(([name, version]) =>
      component('PyPI', {
        ...{ name, version, path: file.path },
        ...(reached.get(name) ?? UNREACHED),
      }),
    );
  },
};

function askedBeside(file: ScanFile, files: Files): Map<string, Scope> {
  const manifest = beside(file, 'pyproject.toml', files);
  try {
    return manifest ? readPyproject(manifest.text) : new Map();
  } catch {
    // What is direct is then not known; the lockfile tells the rest.
    return new Map();
  }
}

function askAll(graph: Graph, list: unknown, scope: Scope): void {
  for (const name of dependenciesOf(list)) graph.ask(name, scope);
}

/** A table by name, a list of tables with a name, or a list of requirements. */
function dependenciesOf(value: unknown): string[] {
  const names = Array.isArray(value)
    ? value.map(one => textOf(one?.name) ?? /^[\w.-]+/.exec(String(one))?.[0])
    : entriesOf(value).map(([name]) => name);
  return names.flatMap(name => (name ? [normalizePypi(name)] : []));
}
