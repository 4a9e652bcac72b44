/** A licence that a package manifest declares. */
export interface DeclaredLicence {
  path: string;
  licence: string;
}

/** Manifests that can declare one, and how. One line adds one. */
const DECLARATIONS: { path: string; pattern: RegExp }[] = [
  {
    path: 'package.json',
    pattern: /^ {0,4}\t?"license"\s*:\s*"([^"]{1,100})"/m,
  },
  {
    path: 'composer.json',
    pattern: /^ {0,4}\t?"license"\s*:\s*"([^"]{1,100})"/m,
  },
  { path: 'Cargo.toml', pattern: /^license\s*=\s*"([^"]{1,100})"/m },
  {
    path: 'pyproject.toml',
    pattern: /^license\s*=\s*(?:\{\s*text\s*=\s*)?["']([^"']{1,100})["']/m,
  },
];

/** Where a licence may be declared. */
export const DECLARING_MANIFESTS: readonly string[] = DECLARATIONS.map(
  ({ path }) => path,
);

/** The first licence that a manifest at the root declares. */
export function declaredLicence(
  texts: ReadonlyMap<string, { text?: string }>,
): DeclaredLicence | null {
  for (const { path, pattern } of DECLARATIONS) {
    const licence = pattern.exec(texts.get(path)?.text ?? '')?.[1];
    if (licence) return { path, licence };
  }
  return null;
}
