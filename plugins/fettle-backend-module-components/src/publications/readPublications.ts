import type { PublicationReport, ScanFile } from 'backstage-plugin-fettle-node';
import { normalizePypi } from '../component';
import { listOf, textOf, Unreadable, type Files } from '../Format';
import { lineageOf } from '../formats/maven/MavenProjects';
import { Properties } from '../formats/maven/Properties';
import { readJson } from '../parse/readJson';
import { readToml } from '../parse/readToml';

/** Of one repository; the largest monorepos have a few hundred. */
const MOST = 2_000;
/** Longer ones are no names. */
const MOST_NAME = 500;
/** What tests and templates hold is made up. */
const MADE_UP =
  /(?:^|\/)(?:__fixtures__|__tests__|fixtures?|testdata|tests?|templates?|examples?|samples?)\//i;

type Read = (file: ScanFile, files: Files) => [string, unknown][];

/** By the name of the file: how it says that a package is published from it, and under which name. */
const READERS: Readonly<Record<string, Read>> = {
  'package.json': ({ text }) => {
    const { name, version, private: isPrivate } = readJson(text);
    // Without a version none is published.
    if (isPrivate === true || textOf(version) === undefined) return [];
    return [['npm', name]];
  },
  'pyproject.toml': ({ text }) => {
    const { project, tool } = readToml(text);
    const isPrivate =
      tool?.poetry?.['package-mode'] === false ||
      [...listOf(project?.classifiers), ...listOf(tool?.poetry?.classifiers)]
        // https://pypi.org/classifiers/: the index refuses what has one.
        .some(one => /^Private ::/.test(String(one)));
    const name = textOf(project?.name) ?? textOf(tool?.poetry?.name);
    return isPrivate || !name ? [] : [['PyPI', normalizePypi(name)]];
  },
  'Cargo.toml': ({ text }) => {
    const { package: told } = readToml(text);
    return told?.publish === false ? [] : [['crates.io', told?.name]];
  },
  'go.mod': ({ text }) => {
    const [, name] = /^module\s+["`]?([^\s"`]+)/m.exec(text) ?? [];
    // Others can ask for it only where it begins with a host.
    return name && /^[^/]+\.[^/]+\//.test(name) ? [['Go', name]] : [];
  },
  'composer.json': ({ text }) => {
    const { name, type } = readJson(text);
    return type === 'project' ? [] : [['Packagist', name]];
  },
  'pom.xml': (file, files) => {
    const lineage = lineageOf(file, files);
    if (lineage.length === 0) throw new Unreadable('It has no project.');
    const properties = new Properties(lineage);
    const [{ groupId, parent, artifactId }] = lineage;
    const group = properties.fill(groupId ?? parent?.groupId);
    const name = `${group ?? ''}:${properties.fill(artifactId) ?? ''}`;
    return /^[^:$]+:[^:$]+$/.test(name) ? [['Maven', name]] : [];
  },
};

/** The packages that a repository publishes, as its manifests say. */
export function readPublications(files: Files): {
  publishes: PublicationReport[];
  failed: [ScanFile, unknown][];
} {
  const publishes: PublicationReport[] = [];
  const failed: [ScanFile, unknown][] = [];
  for (const file of files.values()) {
    const { path } = file;
    const kind = path.slice(path.lastIndexOf('/') + 1);
    if (!Object.hasOwn(READERS, kind) || MADE_UP.test(path)) continue;
    try {
      for (const [ecosystem, value] of READERS[kind](file, files)) {
        const name = textOf(value);
        if (name === undefined || name.length > MOST_NAME) continue;
        if (publishes.length >= MOST) {
          throw new Unreadable(
            `The repository publishes more than ${MOST} packages.`,
            'Split the repository.',
          );
        }
        publishes.push({ ecosystem, name, path });
      }
    } catch (error) {
      failed.push([file, error]);
    }
  }
  return { publishes, failed };
}
