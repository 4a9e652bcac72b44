import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type { Changed, EcosystemTool, Project } from '../EcosystemTool';
import { isRight, targetOf, type Update } from '../Update';

/** A text between tags, with where it stands. */
interface Piece {
  text: string;
  start: number;
  end: number;
}

const BLOCK = /<(dependency|plugin|parent)>([^]*?)<\/\1>/g;
const PROPERTY = /^\$\{([\w.-]+)\}$/;

/** Maven: versions and properties are texts of a pom.xml, so no tool is needed. */
export const maven: EcosystemTool = {
  id: 'maven',
  ecosystem: 'Maven',
  find: paths => foldersWith(paths, ['pom.xml']),
  // A property may stand in a pom.xml above the one that uses it.
  owns: (folder, path) =>
    path === inFolder(folder, 'pom.xml') ||
    (path.endsWith('pom.xml') &&
      (folder === '' || folderOf(path).startsWith(`${folder}/`))),
  async asked(project) {
    const text = await project.read(inFolder(project.folder, 'pom.xml'));
    if (text === undefined) return [];
    const masked = mask(text);
    return uses(masked).flatMap(({ name, version }) => {
      const literal = version && resolve(masked, version)?.text;
      return literal ? [{ name, version: literal }] : [];
    });
  },
  async update(project: Project) {
    const path = inFolder(project.folder, 'pom.xml');
    const text = await project.read(path);
    const changed: Changed[] = [];
    const failed: { update: Update; reason: string }[] = [];
    if (text === undefined || text.includes('\ufffd')) {
      return { files: [], changed, failed };
    }
    let edited = text;
    for (const update of project.updates) {
      const masked = mask(edited);
      const found = uses(masked).filter(({ name }) => name === update.name);
      const places = found.flatMap(({ version }) =>
        version ? [resolve(masked, version)] : [],
      );
      const wrong = places.filter(
        place => place && !isRight(update, place.text),
      ) as Piece[];
      if (places.includes(undefined)) {
        const reason = `The version of ${update.name} is a property that ${path} does not set.`;
        failed.push({ update, reason });
      } else if (found.length > 0 && places.length === 0) {
        const reason = `${path} leaves the version of ${update.name} to a parent or an import.`;
        failed.push({ update, reason });
      }
      const distinct = [
        ...new Map(wrong.map(one => [one.start, one])).values(),
      ];
      for (const { text: from, start, end } of distinct.sort(
        (a, b) => b.start - a.start,
      )) {
        const to = targetOf(update, from);
        if (!to) {
          const reason = `No version of ${update.name} over ${from} will do.`;
          failed.push({ update, reason });
          continue;
        }
        edited = edited.slice(0, start) + to + edited.slice(end);
        changed.push({ update, from, to });
      }
    }
    const files = edited === text ? [] : [{ path, content: edited }];
    return { files, changed, failed };
  },
};

/** The same without comments, each place where it was. */
function mask(text: string): string {
  return text.replace(/<!--[^]*?(?:-->|$)/g, one => ' '.repeat(one.length));
}

function uses(text: string): { name: string; version?: Piece }[] {
  return [...text.matchAll(BLOCK)].flatMap(match => {
    const [, tag, inner] = match;
    const at = match.index + tag.length + 2;
    // Those of a plugin's own dependencies or exclusions are of others.
    const own = inner.replace(
      /<(exclusions|dependencies|configuration|executions)>[^]*?<\/\1>/g,
      one => ' '.repeat(one.length),
    );
    const group =
      piece(own, 'groupId', at)?.text ??
      (tag === 'plugin' ? 'org.apache.maven.plugins' : undefined);
    const artifact = piece(own, 'artifactId', at)?.text;
    if (!group || !artifact) return [];
    return [
      { name: `${group}:${artifact}`, version: piece(own, 'version', at) },
    ];
  });
}

function piece(text: string, tag: string, offset: number): Piece | undefined {
  const match = new RegExp(`<${tag}>(\\s*)([^<]*?)(\\s*)</${tag}>`).exec(text);
  if (!match) return undefined;
  const start = offset + match.index + tag.length + 2 + match[1].length;
  return { text: match[2], start, end: start + match[2].length };
}

/** Where a version really stands: there, or where its property is set. */
function resolve(text: string, version: Piece): Piece | undefined {
  const [, property] = PROPERTY.exec(version.text) ?? [];
  if (!property) return version.text.includes('${') ? undefined : version;
  const section = /<properties>([^]*?)<\/properties>/.exec(text);
  if (!section) return undefined;
  const escaped = property.replace(/[.]/g, '\\.');
  const found = piece(
    section[1],
    escaped,
    section.index + '<properties>'.length,
  );
  if (!found) return undefined;
  // The dots of the name were escaped, which made it longer.
  const shift = escaped.length - property.length;
  const at = { start: found.start - shift, end: found.end - shift };
  return found.text.includes('${') ? undefined : { text: found.text, ...at };
}
