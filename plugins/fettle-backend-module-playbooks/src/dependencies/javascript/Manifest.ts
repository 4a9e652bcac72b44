import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import picomatch from 'picomatch';
import { SourceError } from 'backstage-plugin-fettle-node';
import { folderOf, inFolder, type Project } from '../EcosystemTool';
import { satisfies } from 'semver';

export const SECTIONS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
] as const;

/** One request of a manifest: `name` may be another one than that of the package. */
export interface Request {
  section: (typeof SECTIONS)[number];
  name: string;
  /** What the registry calls it. */
  package: string;
  /** Without `npm:` and name. */
  range: string;
}

/** A package.json whose text can be changed without touching the rest of it. */
export class Manifest {
  private constructor(
    readonly path: string,
    readonly text: string,
    readonly data: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws SourceError where it is no package.json */
  static parse(path: string, text: string, remote: string): Manifest {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      // Told below.
    }
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw new SourceError(
        'corrupt',
        `${path} of ${remote} is no readable package.json.`,
        'Mend the file.',
      );
    }
    return new Manifest(path, text, data as Record<string, unknown>);
  }

  get requests(): Request[] {
    return SECTIONS.flatMap(section =>
      Object.entries(asRecord(this.data[section])).flatMap(([name, value]) => {
        if (typeof value !== 'string') return [];
        const [, alias, range = ''] =
          /^npm:(@?[^@]+)(?:@(.*))?$/.exec(value) ?? [];
        return [
          alias
            ? { section, name, package: alias, range }
            : { section, name, package: name, range: value },
        ];
      }),
    );
  }

  /** The same with another range for a request; all else stays as it is written. */
  withRange(
    { section, name, package: real }: Request,
    range: string,
  ): Manifest {
    const written = name === real ? range : `npm:${real}@${range}`;
    const node = this.#node([section, name]);
    if (!node) return this;
    return this.#replaced(node, JSON.stringify(written));
  }

  /** The same with a version that every package has to take. */
  withOverride(
    field: readonly string[],
    name: string,
    version: string,
  ): Manifest {
    const existing = this.#node([...field, name]);
    if (existing) return this.#replaced(existing, JSON.stringify(version));
    const indent = /\n([ \t]+)"/.exec(this.text)?.[1] ?? '  ';
    const newline = this.text.includes('\r\n') ? '\r\n' : '\n';
    const own = [...field];
    let inner = `${JSON.stringify(name)}: ${JSON.stringify(version)}`;
    // The innermost object of the field that is there takes the new entry.
    for (;;) {
      const parent = this.#node(own);
      if (parent?.type === 'object') {
        const depth = own.length + 1;
        return this.#appended(parent, inner, { indent, newline, depth });
      }
      const key = own.pop();
      if (key === undefined) return this;
      const pad = indent.repeat(own.length + 2);
      const end = indent.repeat(own.length + 1);
      inner = `${JSON.stringify(
        key,
      )}: {${newline}${pad}${inner}${newline}${end}}`;
    }
  }

  #appended(
    parent: Node,
    entry: string,
    style: { indent: string; newline: string; depth: number },
  ): Manifest {
    const last = parent.children?.[parent.children.length - 1];
    const pad = style.newline + style.indent.repeat(style.depth);
    if (last) {
      const end = last.offset + last.length;
      return this.#with(
        `${this.text.slice(0, end)},${pad}${entry}${this.text.slice(end)}`,
      );
    }
    const close = style.newline + style.indent.repeat(style.depth - 1);
    return this.#replaced(parent, `{${pad}${entry}${close}}`);
  }

  #node(path: readonly string[]): Node | undefined {
    const tree = parseTree(this.text);
    return tree ? findNodeAtLocation(tree, [...path]) : undefined;
  }

  #replaced({ offset, length }: Node, by: string): Manifest {
    return this.#with(
      this.text.slice(0, offset) + by + this.text.slice(offset + length),
    );
  }

  #with(text: string): Manifest {
    return new Manifest(this.path, text, JSON.parse(text));
  }
}

/** The manifest of a project and those of its workspaces. */
export async function readManifests(
  project: Omit<Project, 'updates'>,
  globs?: readonly string[],
): Promise<Manifest[]> {
  const { folder, read, remote, paths } = project;
  const rootPath = inFolder(folder, 'package.json');
  const text = await read(rootPath);
  if (text === undefined) {
    throw new SourceError(
      'not-found',
      `There is no readable ${rootPath} in ${remote}.`,
      'Add it beside its lockfile.',
    );
  }
  const root = Manifest.parse(rootPath, text, remote);
  const told = root.data.workspaces;
  const listed = Array.isArray(told) ? told : asRecord(told).packages;
  const all = globs ?? (Array.isArray(listed) ? listed : []);
  const patterns = all
    .filter((one): one is string => typeof one === 'string')
    .slice(0, 500)
    .map(one => one.replace(/^\.\//, '').replace(/\/+$/, ''));
  if (patterns.length === 0) return [root];
  const kept = patterns.filter(one => !one.startsWith('!'));
  const dropped = patterns.filter(one => one.startsWith('!'));
  const isMember = picomatch(kept, {
    ignore: dropped.map(one => one.slice(1)),
  });
  const prefix = folder === '' ? '' : `${folder}/`;
  const members = paths.filter(
    path =>
      path !== rootPath &&
      path.startsWith(prefix) &&
      path.endsWith('/package.json') &&
      !/(^|\/)node_modules\//.test(path) &&
      isMember(folderOf(path.slice(prefix.length))),
  );
  const manifests = [root];
  for (const path of members.slice(0, 2_000)) {
    const content = await read(path);
    if (content !== undefined) {
      manifests.push(Manifest.parse(path, content, remote));
    }
  }
  return manifests;
}

/** Requests that no registry answers: a tool would fetch from wherever they say. */
export function foreignRequests(manifests: readonly Manifest[]): string[] {
  const members = new Set(manifests.map(({ data }) => data.name));
  return manifests.flatMap(({ path, data }) => {
    const asked = [...SECTIONS, 'peerDependencies'].flatMap(section =>
      Object.entries(asRecord(data[section])),
    );
    const forced = [
      ...[data.overrides, data.resolutions],
      asRecord(data.pnpm).overrides,
    ].flatMap(textsOf);
    return [
      ...asked.filter(([name, range]) => isForeign(range, members.has(name))),
      ...forced.filter(([, range]) => isForeign(range, false)),
    ].map(([name]) => `${name} in ${path}`);
  });
}

function isForeign(range: unknown, isMember: boolean): boolean {
  if (typeof range !== 'string') return false;
  if (/^(workspace|catalog):/.test(range)) return false;
  if (/^(file|link|portal):/.test(range)) return !isMember;
  return /[:/]/.test(range.replace(/^npm:@?[\w./-]+/, ''));
}

/** The texts of nested objects, with their innermost keys. */
function textsOf(value: unknown): [string, string][] {
  return Object.entries(asRecord(value)).flatMap(([key, inner]) =>
    typeof inner === 'string'
      ? [[key, inner] as [string, string]]
      : textsOf(inner),
  );
}

/** As it is written now, with another version in it. */
export function raiseRange(range: string, to: string): string {
  if (satisfies(to, range)) return range;
  const [, prefix] = /^(\^|~|>=|=|v)?\s*\d[\w.+-]*$/.exec(range.trim()) ?? [];
  if (/^\s*(?:v|=)?\s*\d+(\.\d+){2}/.test(range)) return to;
  return `${prefix && prefix !== 'v' && prefix !== '=' ? prefix : '^'}${to}`;
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
