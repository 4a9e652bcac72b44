import type { Severity } from 'backstage-plugin-fettle-common';
import { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } from 'ae-cvss-calculator';
import type { OsvAffected, OsvRecord, OsvSeverity } from './recordSchema';

/** How bad a record says that it is. */
interface RecordSeverity {
  /** In words, where there is no score. */
  severity: Severity;
  /** Base score. */
  cvss: number | null;
  /** 2, 3, 3.1 or 4: scores of the newest count. */
  cvssVersion: number | null;
}

const WORDS: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
};

/** The scale of the CVSS specifications from 3.0 on; version 2 knows no `critical`. */
export function severityOfScore(score: number, version: number): Severity {
  if (score >= 9 && version >= 3) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}

export function severityOf(
  record: OsvRecord,
  affected: readonly OsvAffected[],
): RecordSeverity {
  const vectors = [record, ...affected].flatMap(
    ({ severity }) => severity ?? [],
  );
  const best = highestScore(vectors);
  if (best) {
    return {
      severity: severityOfScore(best.score, best.version),
      cvss: best.score,
      cvssVersion: best.version,
    };
  }
  for (const specific of [
    record.database_specific,
    ...affected.flatMap(one => [one.database_specific, one.ecosystem_specific]),
  ]) {
    const word = specific?.severity;
    const known =
      typeof word === 'string' && Object.hasOwn(WORDS, word.toLowerCase())
        ? WORDS[word.toLowerCase()]
        : undefined;
    if (known) return { severity: known, cvss: null, cvssVersion: null };
  }
  return { severity: 'unknown', cvss: null, cvssVersion: null };
}

interface Score {
  score: number;
  version: number;
}

/** Of the newest version of CVSS among them. */
function highestScore(vectors: OsvSeverity): Score | undefined {
  let best: Score | undefined;
  for (const { score } of vectors) {
    const found = scoreOf(score);
    if (
      found &&
      (!best ||
        found.version > best.version ||
        (found.version === best.version && found.score > best.score))
    ) {
      best = found;
    }
  }
  return best;
}

const MEMORY = 5_000;
// The same few hundred vectors make up most of a database.
const known = new Map<string, Score | undefined>();

function scoreOf(vector: string): Score | undefined {
  if (known.has(vector)) return known.get(vector);
  if (known.size >= MEMORY) known.clear();
  const score = vector.length > 500 ? undefined : calculate(vector.trim());
  known.set(vector, score);
  return score;
}

function calculate(vector: string): Score | undefined {
  try {
    const [version, parsed] = read(vector);
    const { base } = parsed.calculateScores(false);
    return parsed.isBaseFullyDefined() && typeof base === 'number'
      ? { score: base, version }
      : undefined;
  } catch {
    // No vector: the words of the record are taken, or nothing is known.
    return undefined;
  }
}

function read(vector: string) {
  if (vector.startsWith('CVSS:4.0/')) return [4, new Cvss4P0(vector)] as const;
  if (vector.startsWith('CVSS:3.1/'))
    return [3.1, new Cvss3P1(vector)] as const;
  if (vector.startsWith('CVSS:3.0/')) return [3, new Cvss3P0(vector)] as const;
  return [2, new Cvss2(vector)] as const;
}
