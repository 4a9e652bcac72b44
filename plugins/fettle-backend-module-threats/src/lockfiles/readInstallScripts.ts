/** One package that runs a script when it is installed. */
export interface Scripted {
  name: string;
  version: string | null;
  /** First line is 1. */
  line?: number;
}

/** Longer ones no registry takes. */
const MOST_NAME = 214;
const MODULES = 'node_modules/';

/** The kinds of lockfiles that tell of such scripts. */
export function isLockfile(path: string): boolean {
  return /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml)$/.test(
    path,
  );
}

/**
 * The packages of a lockfile that have a script for their installation; none
 * where its version does not tell.
 *
 * @throws Error with what is wrong with it
 */
export function readInstallScripts(path: string, text: string): Scripted[] {
  if (/^<{7}(?: |$)/m.test(text)) {
    throw new Error('it has the conflict markers of a merge');
  }
  const found = path.endsWith('.yaml') ? readPnpm(text) : readNpm(text);
  return found.filter(({ name }) => name !== '' && name.length <= MOST_NAME);
}

/** https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages */
function readNpm(text: string): Scripted[] {
  const lock = parseJson(text);
  const lines = findLines(text);
  return Object.entries(recordOf(lock.packages)).flatMap(([key, value]) => {
    const entry = recordOf(value);
    const at = key.lastIndexOf(MODULES);
    // Folders of the repository are its own.
    if (at === -1 || entry.hasInstallScript !== true) return [];
    return {
      name: textOf(entry.name) ?? key.slice(at + MODULES.length),
      version: textOf(entry.version) ?? null,
      line: lines.get(key),
    };
  });
}

function parseJson(text: string): Record<string, unknown> {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    // The parser quotes the file.
    throw new Error('it is no JSON');
  }
  const found = recordOf(lock);
  if (found !== lock) throw new Error('it holds no object');
  return found;
}

/**
 * pnpm writes one entry a package, always in this form, and tells of scripts up
 * to version 6: https://github.com/pnpm/spec/tree/master/lockfile
 */
function readPnpm(text: string): Scripted[] {
  const version = /^lockfileVersion: '?(\d+)/m.exec(text)?.[1];
  if (!version) throw new Error('it does not say its version');
  const found: Scripted[] = [];
  let isPackage = false;
  let entry: Scripted | undefined;
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd();
    if (/^\S/.test(line)) isPackage = line.startsWith('packages:');
    if (!isPackage) return;
    const [, key] = /^ {2}'?([^\s'][^']*?)'?:$/.exec(line) ?? [];
    if (key) entry = { ...identify(key), line: index + 1 };
    const [, field, value] = /^ {4}(\w+): (.+)$/.exec(line) ?? [];
    if (!entry) return;
    if (field === 'name') entry.name = value.replace(/^'|'$/g, '');
    if (field === 'requiresBuild' && value === 'true') found.push(entry);
  });
  return found;
}

/** `/@a/b@1.0.0(peer@2)`, `/a/1.0.0_peer`. */
function identify(key: string): Omit<Scripted, 'line'> {
  const [bare] = key.replace(/^\//, '').split('(');
  const [, name, version] =
    /^(@[^/]+\/[^@/]+|[^@/]+)[@/](.+)$/.exec(bare) ?? [];
  return { name: name ?? bare, version: version?.replace(/_.*$/, '') ?? null };
}

/** By the keys that npm writes, each on a line of its own. */
function findLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, index) => {
    const [, key] = /^\s*"([^"\\]*node_modules\/[^"\\]*)": \{/.exec(line) ?? [];
    if (key && !lines.has(key)) lines.set(key, index + 1);
  });
  return lines;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
