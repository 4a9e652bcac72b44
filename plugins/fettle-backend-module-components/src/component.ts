import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';

type Given = Omit<ComponentReport, 'purl' | 'ecosystem' | 'name'> & {
  name: string;
};

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
export type Ecosystem = keyof typeof KINDS;

/** A component with its package URL. */
export function component(ecosystem: Ecosystem, given: Given): ComponentReport {
  const [type, separator] = KINDS[ecosystem];
  const name = ecosystem === 'PyPI' ? normalizePypi(given.name) : given.name;
  const cut = separator === '' ? -1 : name.lastIndexOf(separator);
  const version =
    ecosystem === 'Go' && given.version ? `v${given.version}` : given.version;
  const namespace = cut > 0 ? name.slice(0, cut) : undefined;
  const own = name.slice(cut + 1);
  return {
    ...given,
    ...{ ecosystem, name },
    purl: purlOf(type, namespace, own, version ?? undefined),
  };
}

/** A kind may ask for more than a file tells: the address is then as good as it can be. */
function purlOf(
  type: string,
  namespace: string | undefined,
  name: string,
  version: string | undefined,
): string {
  try {
    return new PackageURL(type, namespace, name, version).toString();
  } catch {
    const parts = [...(namespace?.split('/') ?? []), name];
    return `pkg:${type}/${parts.map(encodeURIComponent).join('/')}`;
  }
}

/** One name for all its spellings: https://peps.python.org/pep-0503/#normalized-names */
export function normalizePypi(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
