/**
 * The ecosystems that repositories have components of and that osv.dev has
 * advisories of: see its ecosystems.txt. What is not here, images for example,
 * nobody can import.
 */
export const ECOSYSTEMS: readonly string[] = [
  ...['AlmaLinux', 'Alpine', 'Bioconductor', 'Bitnami', 'CRAN', 'Chainguard'],
  ...['Debian', 'GHC', 'GitHub Actions', 'Go', 'Hackage', 'Hex', 'Julia'],
  ...['Mageia', 'Maven', 'NuGet', 'Packagist', 'Pub', 'PyPI', 'Red Hat'],
  ...['Rocky Linux', 'RubyGems', 'SUSE', 'SwiftURL', 'Ubuntu', 'VSCode'],
  ...['Wolfi', 'crates.io', 'npm', 'openEuler', 'openSUSE'],
];
