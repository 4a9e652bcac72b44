import { XMLParser } from 'fast-xml-parser';
import type { ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import { entriesOf, folderOf, type Files, type Format } from '../Format';

const MOST_PARENTS = 10;
// Entities are never expanded: a file of a repository may define any.
const parser = new XMLParser({
  ...{ processEntities: false, parseTagValue: false, trimValues: true },
  isArray: name => name === 'dependency',
});

const SCOPES: Record<string, 'runtime' | 'development' | 'optional'> = {
  test: 'development',
  provided: 'optional',
  system: 'optional',
};

/** Maven's project file, with properties and parents that lie in the repository: https://maven.apache.org/pom.html */
export const maven: Format = {
  title: 'pom.xml',
  matches: name => name === 'pom.xml',
  read(file, files) {
    const chain = readChain(file, files);
    const properties = new Map<string, string>();
    const managed = new Map<string, string>();
    for (const project of [...chain].reverse()) {
      for (const [key, value] of entriesOf(project.properties)) {
        if (typeof value === 'string') properties.set(key, value);
      }
      for (const key of ['groupId', 'artifactId', 'version'] as const) {
        const value = project[key] ?? project.parent?.[key];
        if (typeof value === 'string') {
          properties.set(`project.${key}`, value);
          properties.set(`pom.${key}`, value);
        }
      }
    }
    const resolve = (value: unknown) => fill(value, properties);
    for (const project of [...chain].reverse()) {
      for (const one of dependenciesOf(project.dependencyManagement)) {
        const version = resolve(one.version);
        if (version) managed.set(nameOf(one, resolve), version);
      }
    }
    const [own] = chain;
    return dependenciesOf(own).map(one => {
      const name = nameOf(one, resolve);
      const told = resolve(one.version) ?? managed.get(name);
      const exact = told !== undefined && !/[${[(]/.test(told);
      const optional = String(one.optional) === 'true';
      return component('Maven', {
        ...{ name, path: file.path, direct: true },
        version: exact ? told : null,
        requirement: exact ? undefined : told ?? one.version,
        scope: optional ? 'optional' : SCOPES[String(one.scope)] ?? 'runtime',
      });
    });
  },
};

/** The project and its parents, as far as they are files of the repository. */
function readChain(file: ScanFile, files: Files): any[] {
  const chain: any[] = [];
  const seen = new Set<string>();
  let current: ScanFile | undefined = file;
  while (current && !seen.has(current.path) && chain.length < MOST_PARENTS) {
    seen.add(current.path);
    const { project } = parser.parse(current.text);
    if (!project || typeof project !== 'object') break;
    chain.push(project);
    const { parent } = project;
    if (!parent || parent.relativePath === '') break;
    const relative: string = parent.relativePath ?? '../pom.xml';
    current = files.get(join(folderOf(current.path), relative));
  }
  return chain;
}

function join(folder: string, relative: string): string {
  const parts = folder.split('/').filter(Boolean);
  const wanted = relative.endsWith('.xml') ? relative : `${relative}/pom.xml`;
  for (const part of wanted.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function dependenciesOf(of: any): any[] {
  const list = of?.dependencies?.dependency;
  return Array.isArray(list) ? list.filter(one => one?.artifactId) : [];
}

function nameOf(one: any, resolve: (value: unknown) => string | undefined) {
  return `${resolve(one.groupId) ?? ''}:${resolve(one.artifactId) ?? ''}`;
}

/** With `${…}` replaced, also where one names another; what is not known stays. */
function fill(
  value: unknown,
  properties: ReadonlyMap<string, string>,
): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  let text = value;
  for (let round = 0; round < 5 && text.includes('${'); round++) {
    text = text.replace(
      /\$\{([^}]+)\}/g,
      (whole, key) => properties.get(key) ?? whole,
    );
    if (text.length > 500) return undefined;
  }
  return text;
}
