import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';
import { Unreadable } from './Format';

type Given = Omit<ComponentReport, 'purl' | 'ecosystem' | 'name'> & {
  name: string;
};

/** Longer ones are no names, and no registry takes them. */
const MOST_NAME = 500;
const MOST_VERSION = 300;
const MOST_TEXT = 300;

/** By ecosystem: the type of its package URLs, and what stands between namespace and name. */
const KINDS = {
  npm: ['npm', '/'],
  PyPI: ['pypi', ''],
  Go: ['golang', '/'],
  Maven: ['maven', ':'],
  'crates.io': ['cargo', ''],
  RubyGems: ['gem', ''],
  Packagist: ['composer', '/'],
  NuGet: ['nuget', ''],
  Pub: ['pub', ''],
  Hex: ['hex', ''],
  SwiftURL: ['swift', '/'],
  'GitHub Actions': ['githubactions', '/'],
  docker: ['docker', '/'],
} as const;

/** An ecosystem that some format names. */
type Ecosystem = keyof typeof KINDS;

/**
 * A component with its package URL.
 *
 * @throws Unreadable for a name or version that cannot be one
 */
export function component(ecosystem: Ecosystem, given: Given): ComponentReport {
  const name = ecosystem === 'PyPI' ? normalizePypi(given.name) : given.name;
  const { version, requirement, licence, ...more } = given;
  if (name.length > MOST_NAME || (version?.length ?? 0) > MOST_VERSION) {
    throw new Unreadable(
      `It has a name or version that is too long: ${name.slice(0, 60)}…`,
    );
  }
  return {
    ...more,
    ...{ ecosystem, name, version },
    ...(requirement ? { requirement: requirement.slice(0, MOST_TEXT) } : {}),
    ...(licence ? { licence: licence.slice(0, MOST_TEXT) } : {}),
    purl: purlOf(ecosystem, name, version ?? undefined),
  };
}

function purlOf(
  ecosystem: Ecosystem,
  name: string,
  version: string | undefined,
): string {
  const [type, separator] = KINDS[ecosystem];
  const cut = separator === '' ? -1 : name.lastIndexOf(separator);
  let namespace = cut > 0 ? name.slice(0, cut) : undefined;
  let registry: string | undefined;
  if (ecosystem === 'docker') {
    // https://github.com/package-url/purl-spec: the registry is a qualifier.
    const [first, ...others] = namespace?.split('/') ?? [];
    if (first && /[.:]|^localhost$/.test(first)) {
      registry = first;
      namespace = others.join('/') || undefined;
    }
  }
  const own = name.slice(cut + 1);
  const told = ecosystem === 'Go' && version ? `v${version}` : version;
  try {
    const qualifiers = registry ? { repository_url: registry } : undefined;
    return new PackageURL(type, namespace, own, told, qualifiers).toString();
  } catch {
    // A kind may ask for more than a file tells: the address is then as good as it can be.
    const parts = [...(namespace?.split('/') ?? []), own];
    const path = parts.map(encodeURIComponent).join('/');
    return `pkg:${type}/${path}${told ? `@${encodeURIComponent(told)}` : ''}`;
  }
}

/** One name for all its spellings: https://peps.python.org/pep-0503/#normalized-names */
export function normalizePypi(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
