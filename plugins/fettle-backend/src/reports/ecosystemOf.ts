import type { PackageURL } from 'packageurl-js';

/** By purl type: how OSV's schema calls the ecosystem. */
const ECOSYSTEMS: Readonly<Record<string, string>> = {
  cargo: 'crates.io',
  composer: 'Packagist',
  gem: 'RubyGems',
  golang: 'Go',
  hex: 'Hex',
  maven: 'Maven',
  npm: 'npm',
  nuget: 'NuGet',
  pub: 'Pub',
  pypi: 'PyPI',
  swift: 'SwiftURL',
};

/** The ecosystem and name of a package as OSV writes them; the purl type for one that OSV does not know. */
export function ecosystemOf({ type, namespace, name }: PackageURL): {
  ecosystem: string;
  name: string;
} {
  const ecosystem = ECOSYSTEMS[type] ?? type;
  if (!namespace) return { ecosystem, name };
  const separator = type === 'maven' ? ':' : '/';
  return { ecosystem, name: `${namespace}${separator}${name}` };
}
