import type { Advisory, AffectedPackage } from './Advisory';
import { baseEcosystem, canonicalVersion, normalizeName } from './packageNames';
import { oneLine, plainText } from './plainText';
import { readRanges } from './readRanges';
import { recordSchema, type OsvAffected, type OsvRecord } from './recordSchema';
import { severityOf } from './severityOf';

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 2_000;
const MAX_REFERENCES = 10;
// What tells most comes first.
const REFERENCE_TYPES = [
  'ADVISORY',
  'FIX',
  'ARTICLE',
  'REPORT',
  'DETECTION',
  'WEB',
];

/** Why a record was left out, in words for people. */
export class BrokenRecord extends Error {
  name = 'BrokenRecord';
}

/**
 * Reads a record of an export of one ecosystem; what it says of other
 * ecosystems is in their exports.
 *
 * @throws BrokenRecord
 */
export function readRecord(
  text: string,
  expected: { id: string; ecosystem: string },
): Advisory {
  const record = parse(text);
  if (record.id !== expected.id) {
    throw new BrokenRecord(
      `it holds the record ${record.id.slice(
        0,
        100,
      )}, and is not named after it`,
    );
  }
  const affected = (record.affected ?? []).filter(
    ({ package: about }) =>
      about && baseEcosystem(about.ecosystem) === expected.ecosystem,
  );
  if (affected.length === 0 && !record.withdrawn) {
    throw new BrokenRecord(`it names no package of ${expected.ecosystem}`);
  }
  const malicious = record.id.startsWith('MAL-');
  const details = plainText(record.details ?? '', MAX_DESCRIPTION);
  const summary = plainText(record.summary ?? '', MAX_DESCRIPTION);
  return {
    id: record.id,
    modified: record.modified,
    withdrawn: Boolean(record.withdrawn),
    kind: malicious ? 'threat' : 'vulnerability',
    ...severityOf(record, affected),
    ...(malicious ? { severity: 'critical' as const } : {}),
    title: oneLine(summary || details, MAX_TITLE) || record.id,
    description: details || summary,
    references: referencesOf(record),
    aliases: [...new Set(record.aliases)].filter(alias => alias !== record.id),
    packages: record.withdrawn ? [] : packagesOf(expected.ecosystem, affected),
  };
}

function parse(text: string): OsvRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BrokenRecord(`it is not JSON (${String(error).slice(0, 120)})`);
  }
  const { data, error } = recordSchema.safeParse(json);
  if (data) return data;
  const [{ path, message }] = error.issues;
  throw new BrokenRecord(
    `${
      path.join('.') || 'it'
    } is not what the OSV format has there (${message})`,
  );
}

/** One for each package: the ranges and versions of all that is said of it. */
function packagesOf(
  ecosystem: string,
  affected: readonly OsvAffected[],
): AffectedPackage[] {
  const packages = new Map<string, AffectedPackage>();
  for (const one of affected) {
    const spelled = one.package!.name;
    const name = normalizeName(ecosystem, spelled);
    const known = packages.get(name) ?? {
      ...{ ecosystem, name, spelled },
      ranges: [],
      versions: [],
    };
    packages.set(name, known);
    known.ranges.push(...readRanges(ecosystem, one));
    for (const version of one.versions ?? []) {
      known.versions.push(canonicalVersion(ecosystem, version));
    }
  }
  for (const known of packages.values()) {
    known.versions = [...new Set(known.versions)];
  }
  return [...packages.values()];
}

function referencesOf({ references }: OsvRecord): string[] {
  const place = (type: string) =>
    REFERENCE_TYPES.indexOf(type) + 1 || REFERENCE_TYPES.length + 1;
  const urls = [...(references ?? [])]
    .filter(({ url }) => /^https:\/\/[^\s"<>]{1,1000}$/.test(url))
    .sort((a, b) => place(a.type) - place(b.type))
    .map(({ url }) => url);
  return [...new Set(urls)].slice(0, MAX_REFERENCES);
}
