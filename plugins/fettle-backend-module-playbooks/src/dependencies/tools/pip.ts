import { folderOf } from '../EcosystemTool';
import type { Changed, EcosystemTool, Project } from '../EcosystemTool';
import { isRight, targetOf, type Update } from '../Update';

const FILE =
  /^(?:.*-)?requirements(?:[-_.].*)?\.(?:txt|in)$|^constraints\.txt$/;
/** A pinned package: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
const PINNED =
  /^(\s*)([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(\s*(?:\[[^\]]*\])?\s*===?\s*)([A-Za-z0-9.!+_-]+)(?=\s*(?:$|[;#\\ ]))/;

/** pip: a pinned version is a text, so no tool is needed. */
export const pip: EcosystemTool = {
  id: 'pip',
  ecosystem: 'PyPI',
  find: paths =>
    [...new Set(paths.filter(isRequirements).map(folderOf))].sort(),
  owns: (folder, path) => folderOf(path) === folder && isRequirements(path),
  async asked(project) {
    const found: { name: string; version: string }[] = [];
    for (const [, text] of await readAll(project)) {
      for (const line of text.split('\n')) {
        const [, , name, , version] = PINNED.exec(line.slice(0, 2_000)) ?? [];
        if (name) found.push({ name, version });
      }
    }
    return found;
  },
  async update(project) {
    const files: { path: string; content: string }[] = [];
    const changed: Changed[] = [];
    const failed: { update: Update; reason: string }[] = [];
    for (const [path, text] of await readAll(project)) {
      let edited = text;
      for (const update of project.updates) {
        const result = raise(edited, update);
        edited = result.text;
        changed.push(...result.changed);
        if (result.reason) {
          failed.push({ update, reason: `${path}: ${result.reason}` });
        }
      }
      if (edited !== text) files.push({ path, content: edited });
    }
    return { files, changed, failed };
  },
};

function raise(text: string, update: Update) {
  const changed: Changed[] = [];
  let reason: string | undefined;
  const lines = text.split('\n');
  const edited = lines.map((whole, index) => {
    const line = whole.slice(0, 2_000);
    const [start, indent, name, operator, version] = PINNED.exec(line) ?? [];
    if (!start || normal(name) !== normal(update.name)) return whole;
    if (isRight(update, version)) return whole;
    const to = targetOf(update, version);
    if (!to) {
      reason = `No version of ${name} over ${version} will do.`;
      return whole;
    }
    if (isHashed(lines, index)) {
      reason = `${name} is pinned with hashes, which only its tool can make.`;
      return whole;
    }
    changed.push({ update, from: version, to });
    return `${indent}${name}${operator}${to}${whole.slice(start.length)}`;
  });
  return { text: edited.join('\n'), changed, reason };
}

/** Lines that end with a backslash go on, and that is where hashes are. */
function isHashed(lines: readonly string[], index: number): boolean {
  for (let at = index; at < lines.length; at++) {
    if (/--hash[=\s]/.test(lines[at])) return true;
    if (!/\\\s*$/.test(lines[at])) return false;
  }
  return false;
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

function isRequirements(path: string): boolean {
  return (
    FILE.test(path.slice(path.lastIndexOf('/') + 1)) ||
    /(^|\/)requirements\/[^/]+\.(txt|in)$/.test(path)
  );
}

async function readAll(
  project: Omit<Project, 'updates'>,
): Promise<[string, string][]> {
  const paths = project.paths.filter(
    path => folderOf(path) === project.folder && isRequirements(path),
  );
  const read: [string, string][] = [];
  for (const path of paths) {
    const text = await project.read(path);
    if (text !== undefined && !text.includes('\ufffd')) read.push([path, text]);
  }
  return read;
}
