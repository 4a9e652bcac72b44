import { normalizePypi } from '../../component';
import { entriesOf, listOf, textOf } from '../../Format';
import type { Scope } from '../../Graph';
import { readToml } from '../../parse/readToml';

/** What a project asks for. */
export interface Asked {
  /** As the manifest writes it. */
  name: string;
  scope: Scope;
  requirement?: string;
}

/** By normalised names. */
export function readPyproject(text: string): Map<string, Asked> {
  const project = readToml(text);
  const asked = new Map<string, Asked>();
  const ask = (name: string, scope: Scope, requirement?: string) => {
    const key = normalizePypi(name);
    const before = asked.get(key);
    if (before && scope !== 'runtime') return;
    asked.set(key, { name, scope, requirement: requirement?.trim() });
  };
  const lists: [unknown, Scope][] = [
    [project.project?.dependencies, 'runtime'],
    ...tables(project.project?.['optional-dependencies'], 'optional'),
    ...tables(project['dependency-groups'], 'development'),
    ...tables(project.tool?.pdm?.['dev-dependencies'], 'development'),
    [project.tool?.uv?.['dev-dependencies'], 'development'],
  ];
  for (const [list, scope] of lists) {
    for (const one of listOf(list)) {
      const [, name, rest] =
        /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;)]*)/.exec(
          textOf(one) ?? '',
        ) ?? [];
      if (name) ask(name, scope, rest);
    }
  }
  const poetry = project.tool?.poetry;
  const groups: [unknown, Scope][] = [
    [poetry?.dependencies, 'runtime'],
    [poetry?.['dev-dependencies'], 'development'],
    ...entriesOf(poetry?.group).map(([name, group]): [unknown, Scope] => [
      group?.dependencies,
      name === 'main' ? 'runtime' : 'development',
    ]),
  ];
  for (const [table, scope] of groups) {
    for (const [name, value] of entriesOf(table)) {
      if (name === 'python' || value?.path !== undefined) continue;
      const optional = value?.optional === true;
      ask(
        ...([name, optional ? 'optional' : scope] as const),
        textOf(value) ?? textOf(value?.version),
      );
    }
  }
  return asked;
}

function tables(value: unknown, scope: Scope): [unknown, Scope][] {
  return entriesOf(value).map(([, list]) => [list, scope]);
}
