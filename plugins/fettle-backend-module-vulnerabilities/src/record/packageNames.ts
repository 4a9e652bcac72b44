/** `Debian:11` and `Packagist:https://…` are kinds of `Debian` and `Packagist`. */
export function baseEcosystem(ecosystem: string): string {
  const colon = ecosystem.indexOf(':');
  return colon < 0 ? ecosystem : ecosystem.slice(0, colon);
}

/**
 * A package's name as names of its ecosystem are told apart. GitHub is as
 * indifferent to case as NuGet and Packagist are.
 */
export function normalizeName(ecosystem: string, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      // https://packaging.python.org/en/latest/specifications/name-normalization/
      return name.replace(/[-_.]+/g, '-').toLowerCase();
    case 'NuGet':
    case 'Packagist':
    case 'GitHub Actions':
      return name.toLowerCase();
    default:
      return name;
  }
}

const PLAIN = /^\d+(\.\d+)*$/;

/**
 * A version as the `versions` of records are compared: two that differ only in
 * how they are written are one.
 */
export function canonicalVersion(ecosystem: string, version: string): string {
  const bare = version.trim().replace(/^v(?=\d)/i, '');
  switch (ecosystem) {
    case 'PyPI':
    case 'NuGet':
      // 1.0 and 1.0.0 are the same there.
      return PLAIN.test(bare)
        ? bare.replace(/(^|\.)0+(?=\d)/g, '$1').replace(/(\.0)+$/, '')
        : bare.toLowerCase();
    default:
      return bare;
  }
}
