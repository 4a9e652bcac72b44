import type { PackageURL } from 'packageurl-js';

/** By purl type: how OSV's schema calls the ecosystem. */
const ECOSYSTEMS: Readonly<Record<string, string>> = {
  cargo: 'crates.io',
  composer: 'Packagist',
  gem: 'RubyGems',
  // The words of purl and of OSV.
  // eslint-disable-next-line no-restricted-syntax
  githubactions: 'GitHub Actions',
  golang: 'Go',
  hex: 'Hex',
  maven: 'Maven',
  npm: 'npm',
  nuget: 'NuGet',
  pub: 'Pub',
  pypi: 'PyPI',
  swift: 'SwiftURL',
};

/** The ecosystem, name and version of a package as OSV writes them; the purl type for an ecosystem that OSV does not know. */
export function ecosystemOf({
  type,
  namespace,
  name,
  version,
  qualifiers,
}: PackageURL): { ecosystem: string; name: string; version: string | null } {
  const separator = type === 'maven' ? ':' : '/';
  const whole = namespace ? `${namespace}${separator}${name}` : name;
  return {
    ecosystem: ECOSYSTEMS[type] ?? type,
    name: nameOf(type, whole, qualifiers?.repository_url),
    version:
      (type === 'golang' ? version?.replace(/^v(?=\d)/, '') : version) ?? null,
  };
}

function nameOf(
  type: string,
  name: string,
  registry: string | undefined,
): string {
  // https://peps.python.org/pep-0503/#normalized-names
  if (type === 'pypi') return name.replace(/[-_.]+/g, '-').toLowerCase();
  return type === 'docker' && registry ? `${registry}/${name}` : name;
}
