import { component } from '../component';
import { listOf, Unreadable, type Format } from '../Format';
import type { Scope } from '../Graph';
import { findLines } from '../parse/findLines';
import { dependenciesOf, lineageOf } from './maven/MavenProjects';
import { Properties } from './maven/Properties';

/** What is provided where it runs is not delivered. */
const SCOPES: Record<string, Scope> = {
  compile: 'runtime',
  runtime: 'runtime',
  test: 'development',
  provided: 'optional',
  system: 'optional',
};

/** Maven's project file, with properties and parents that lie in the repository: https://maven.apache.org/pom.html */
export const maven: Format = {
  title: 'pom.xml',
  matches: name => name === 'pom.xml',
  read(file, files) {
    const lineage = lineageOf(file, files);
    if (lineage.length === 0) throw new Unreadable('It has no project.');
    const properties = new Properties(lineage);
    const nameOf = (one: any) =>
      `${properties.fill(one.groupId) ?? ''}:${properties.fill(
        one.artifactId,
      )}`;
    const managed = new Map<string, any>();
    for (const project of [...lineage].reverse()) {
      for (const one of dependenciesOf(project.dependencyManagement)) {
        managed.set(nameOf(one), { ...managed.get(nameOf(one)), ...one });
      }
    }
    // What a parent asks for, its own file tells.
    const [own] = lineage;
    const asked = [own, ...listOf(own.profiles?.profile)].flatMap(
      dependenciesOf,
    );
    const lines = findLines(
      file.text,
      /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/,
    );
    return asked.flatMap(one => {
      const name = nameOf(one);
      // What is named by what is not known here is no name.
      if (name.startsWith(':') || name.includes('${')) return [];
      const given = { ...managed.get(name), ...one };
      const told = properties.fill(given.version);
      const exact = told !== undefined && !/[${}[\](),&\s]/.test(told);
      const scope = SCOPES[properties.fill(given.scope) ?? 'compile'];
      const optional = properties.fill(given.optional) === 'true';
      return component('Maven', {
        ...{ name, path: file.path, direct: true },
        line: lines.get(one.artifactId),
        version: exact ? told : null,
        requirement: exact ? undefined : told,
        scope: optional ? 'optional' : scope ?? 'runtime',
      });
    });
  },
};
