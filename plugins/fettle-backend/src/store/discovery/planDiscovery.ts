import type { DiscoveredClaim, Discovery } from '../FettleStore';
import { storable } from '../storable';
import type { ClaimRow, LocationRow } from '../tables';

/** What a round of discovery changes. */
export interface DiscoveryPlan {
  inserted: LocationRow[];
  /** Known repositories that are called or read differently now. */
  updated: LocationRow[];
  /** New and changed claims. */
  claims: ClaimRow[];
  /** Entity refs. */
  removedClaims: string[];
  /** Ids of the repositories that are new, that are gone, and that have other folders to judge. */
  added: string[];
  removed: string[];
  changed: string[];
  /** Ids of known repositories of which a reader can see something else. */
  touched: string[];
  visible: boolean;
  /** Whether a repository is gone, or may be hidden from a reader who saw it. */
  structural: boolean;
}

const text = (value: string | null | undefined) =>
  value === null || value === undefined ? null : storable(value);

function locationRows(discovery: Discovery): Map<string, LocationRow> {
  const rows = discovery.repositories.map((found): [string, LocationRow] => [
    found.id,
    {
      id: found.id,
      source_id: found.sourceId,
      remote: storable(found.remote),
      name: storable(found.name),
      name_key: storable(found.name.toLowerCase()),
      host: storable(found.host),
      web_url: text(found.webUrl),
    },
  ]);
  const byId = new Map(rows);
  if (byId.size !== rows.length) {
    throw new Error('Discovery holds two repositories with one id');
  }
  return byId;
}

function claimRow(claim: DiscoveredClaim): ClaimRow {
  return {
    entity_ref: storable(claim.entityRef),
    repository_id: claim.repositoryId,
    subpath: storable(claim.subpath),
    owner: text(claim.owner),
    system: text(claim.system),
    problem: claim.problem
      ? JSON.stringify({
          code: claim.problem.code,
          message: claim.problem.message,
          action: claim.problem.action,
        })
      : null,
  };
}

function claimRows(discovery: Discovery): Map<string, ClaimRow> {
  const rows = new Map<string, ClaimRow>();
  for (const claim of discovery.claims) {
    const row = claimRow(claim);
    if (rows.has(row.entity_ref)) {
      throw new Error(`Discovery holds two claims of ${row.entity_ref}`);
    }
    rows.set(row.entity_ref, row);
  }
  return rows;
}

/** The folders that are claimed, by repository, as comparable text. */
function subpathsOf(claims: Iterable<ClaimRow>): Map<string, Set<string>> {
  const byId = new Map<string, Set<string>>();
  for (const { repository_id: id, subpath } of claims) {
    if (id === null) continue;
    const known = byId.get(id) ?? new Set(['']);
    byId.set(id, known.add(subpath));
  }
  return byId;
}

const ROOT: ReadonlySet<string> = new Set(['']);

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>) {
  return a.size === b.size && [...a].every(value => b.has(value));
}

function same<T extends object>(a: T, b: T, names: readonly (keyof T)[]) {
  return names.every(name => a[name] === b[name]);
}

/** Compares a round of discovery with what is stored. Pure. */
export function planDiscovery(
  discovery: Discovery,
  stored: { locations: readonly LocationRow[]; claims: readonly ClaimRow[] },
): DiscoveryPlan {
  const found = locationRows(discovery);
  const known = new Map(stored.locations.map(row => [row.id, row]));
  const claims = claimRows(discovery);
  const knownClaims = new Map(stored.claims.map(row => [row.entity_ref, row]));

  const inserted = [...found.values()].filter(row => !known.has(row.id));
  const removed = [...known.keys()].filter(id => !found.has(id)).sort();
  const updated: LocationRow[] = [];
  const touched = new Set<string>();
  for (const row of found.values()) {
    const old = known.get(row.id);
    if (!old) continue;
    const sameSight = same(row, old, ['remote', 'name', 'host', 'web_url']);
    if (!sameSight) touched.add(row.id);
    if (!sameSight || row.source_id !== old.source_id) updated.push(row);
  }

  const subpaths = subpathsOf(claims.values());
  const knownSubpaths = subpathsOf(stored.claims);
  const newClaims: ClaimRow[] = [];
  let hides = false;
  for (const row of claims.values()) {
    if (row.repository_id !== null && !found.has(row.repository_id)) {
      throw new Error(
        `Discovery holds a claim of ${row.entity_ref} to a repository that it did not find`,
      );
    }
    const old = knownClaims.get(row.entity_ref);
    if (
      old &&
      same(row, old, ['repository_id', 'subpath', 'owner', 'system', 'problem'])
    ) {
      continue;
    }
    newClaims.push(row);
    if (old?.repository_id) touched.add(old.repository_id);
    if (row.repository_id) touched.add(row.repository_id);
    if (old?.repository_id !== row.repository_id) {
      if (old?.repository_id) hides = true;
      // Until now everyone saw it.
      else if (
        row.repository_id &&
        known.has(row.repository_id) &&
        !knownSubpaths.has(row.repository_id)
      ) {
        hides = true;
      }
    }
  }
  const removedClaims = stored.claims.filter(
    row => !claims.has(row.entity_ref),
  );
  for (const { repository_id: id } of removedClaims) {
    if (id === null) continue;
    touched.add(id);
    hides = true;
  }

  const stays = (id: string) => known.has(id) && found.has(id);
  return {
    inserted,
    updated,
    claims: newClaims,
    removedClaims: removedClaims.map(row => row.entity_ref),
    added: inserted.map(row => row.id).sort(),
    removed,
    changed: [...found.keys()]
      .filter(
        id =>
          stays(id) &&
          !sameSet(subpaths.get(id) ?? ROOT, knownSubpaths.get(id) ?? ROOT),
      )
      .sort(),
    touched: [...touched].filter(stays).sort(),
    visible:
      inserted.length > 0 ||
      removed.length > 0 ||
      touched.size > 0 ||
      newClaims.length > 0 ||
      removedClaims.length > 0,
    structural: removed.length > 0 || hides,
  };
}
