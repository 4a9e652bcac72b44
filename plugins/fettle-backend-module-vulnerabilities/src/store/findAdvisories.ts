import type { FindingKind, Severity } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { givenRows, leadingJoin, queryRows } from './givenRows';

/** What is told of a record that matches. */
export interface StoredAdvisory {
  key: number;
  /** Its id first, then its aliases. */
  names: string[];
  kind: FindingKind;
  severity: Severity;
  cvss: number | null;
  cvssVersion: number | null;
  modified: string;
  title: string;
  description: string;
  references: string[];
}

/** The records with the given keys; those that are gone are left out. */
export async function findAdvisories(
  knex: Knex,
  keys: readonly number[],
): Promise<StoredAdvisory[]> {
  if (keys.length === 0) return [];
  const given = givenRows(
    knex,
    { key: 'bigint' },
    keys.map(key => [key]),
  );
  const rows = await queryRows<any>(
    knex,
    `select r.key, r.names, r.kind, r.severity, r.cvss, r.cvss_version,
       r.modified, r.title, r.description, r.links
     from (${given.sql}) as given
     ${leadingJoin(knex)} osv_records r on r.key = given.key`,
    given.bindings,
  );
  return rows.map(row => ({
    key: Number(row.key),
    names: JSON.parse(row.names),
    kind: row.kind,
    severity: row.severity,
    cvss: row.cvss,
    cvssVersion: row.cvss_version,
    modified: row.modified,
    title: row.title,
    description: row.description,
    references: JSON.parse(row.links),
  }));
}

/** The names of records, by key. */
export async function findNames(
  knex: Knex,
  keys: readonly number[],
): Promise<Map<number, string[]>> {
  if (keys.length === 0) return new Map();
  const given = givenRows(
    knex,
    { key: 'bigint' },
    keys.map(key => [key]),
  );
  const rows = await queryRows<{ key: number; names: string }>(
    knex,
    `select r.key, r.names from (${given.sql}) as given
     ${leadingJoin(knex)} osv_records r on r.key = given.key`,
    given.bindings,
  );
  return new Map(
    rows.map(({ key, names }) => [Number(key), JSON.parse(names)]),
  );
}

/** What other feeds know of vulnerabilities. */
export interface Exploitation {
  /** By CVE. */
  scores: Map<string, number>;
  exploited: Set<string>;
}

export async function findExploitation(
  knex: Knex,
  cves: readonly string[],
): Promise<Exploitation> {
  if (cves.length === 0) return { scores: new Map(), exploited: new Set() };
  const given = givenRows(
    knex,
    { cve: 'text' },
    cves.map(cve => [cve]),
  );
  const rows = await queryRows<{
    cve: string;
    score: number | null;
    exploited: string | null;
  }>(
    knex,
    `select given.cve, s.score, e.cve as exploited from (${given.sql}) as given
     left join osv_scores s on s.cve = given.cve
     left join osv_exploited e on e.cve = given.cve`,
    given.bindings,
  );
  return {
    scores: new Map(
      rows.flatMap(({ cve, score }) => (score === null ? [] : [[cve, score]])),
    ),
    exploited: new Set(rows.flatMap(({ exploited }) => exploited ?? [])),
  };
}
