import type { StoredFact } from '../store/FettleStore';

/** What is known of the whole repository, by the ids of the facts. */
export function factsOf(facts: readonly StoredFact[]): Record<string, unknown> {
  return Object.fromEntries(
    facts
      .filter(({ subpath, value }) => subpath === '' && value !== undefined)
      .map(({ factId, value }) => [factId, value]),
  );
}
