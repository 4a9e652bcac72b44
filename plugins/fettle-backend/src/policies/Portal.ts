import type { FindingKind } from 'backstage-plugin-fettle-common';

/** What the portal has to know things by. */
export interface Portal {
  scanners: readonly KnownScanner[];
  /** What compares repositories with what they were. */
  detectors: readonly { id: string; title: string }[];
  matchers: readonly KnownMatcher[];
}

export interface KnownScanner {
  id: string;
  title: string;
  /** Null: any kind. */
  finds: readonly FindingKind[] | null;
}

/** What matches components against what is known. */
export interface KnownMatcher {
  title: string;
  /** Null: any kind that components can have. */
  finds: readonly FindingKind[] | null;
  /** It has nothing to match against yet. */
  empty: boolean;
  /** Null: those of any ecosystem are matched. */
  ecosystems: {
    known: readonly string[];
    /** It could know them, and does not. */
    missing: readonly string[];
  } | null;
}

/** What components can have: the rest is what scanners find. */
const MATCHED: readonly string[] = ['vulnerability', 'threat', 'licence'];

/** Of the kinds of findings that an expression is about, those that come of components. */
export function matchedKinds(kinds: readonly string[] | null): string[] {
  return MATCHED.filter(kind => kinds?.includes(kind) ?? true);
}

export function isMatchedBy({ finds }: KnownMatcher, kind: string): boolean {
  return (
    MATCHED.includes(kind) && (finds?.includes(kind as FindingKind) ?? true)
  );
}

/** As matchers speak of it: `Debian:12` is a kind of `Debian`. */
function baseOf(ecosystem: string): string {
  return ecosystem.split(':', 1)[0];
}

/**
 * Those of the ecosystems of which no matcher knows what components can have
 * of some kind: where one could (`missing`), and where none ever does.
 */
export function unmatchedEcosystems(
  ecosystems: readonly string[],
  kinds: readonly string[],
  { matchers }: Portal,
): { missing: string[]; beyond: string[] } {
  const unmatched = { missing: new Set<string>(), beyond: new Set<string>() };
  for (const kind of kinds) {
    const asked = matchers.filter(one => isMatchedBy(one, kind));
    const told = asked.flatMap(one => one.ecosystems ?? []);
    if (told.length === 0 || told.length < asked.length) continue;
    for (const ecosystem of ecosystems.map(baseOf)) {
      if (told.some(({ known }) => known.includes(ecosystem))) continue;
      const could = told.some(({ missing }) => missing.includes(ecosystem));
      unmatched[could ? 'missing' : 'beyond'].add(ecosystem);
    }
  }
  return {
    missing: [...unmatched.missing].sort(),
    beyond: [...unmatched.beyond].sort(),
  };
}
