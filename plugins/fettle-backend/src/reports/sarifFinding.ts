import { createHash, createHmac } from 'node:crypto';
import type { FindingKind, Severity } from 'backstage-plugin-fettle-common';
import type { FindingReport, ScanProblem } from 'backstage-plugin-fettle-node';
import { safePath } from './safePath';
import type { SarifResult, SarifRule } from './sarifSchema';

const MOST_TEXT = 1_000;

/** The rules of a run by their ids, of which the first counts, and else by where they stand. */
export class SarifRules {
  readonly #byId = new Map<string, SarifRule>();

  constructor(private readonly rules: readonly SarifRule[] = []) {
    for (const rule of rules) {
      if (!this.#byId.has(rule.id)) this.#byId.set(rule.id, rule);
    }
  }

  find(id: string | undefined, index = -1): SarifRule | undefined {
    const byId = id === undefined ? undefined : this.#byId.get(id);
    return byId ?? this.rules[index];
  }
}

/**
 * A result as a finding. Of one that tells of a secret nothing is kept that the
 * tool wrote about the place: any of it may hold the secret.
 *
 * @param key a secret of this portal, for fingerprints of secrets
 */
export function toFinding(
  result: SarifResult,
  { rules, key }: { rules: SarifRules; key: string },
  notes: ScanProblem[],
): FindingReport {
  const id = result.ruleId ?? result.rule?.id;
  const rule = rules.find(id, result.ruleIndex);
  const name = id ?? rule?.id ?? 'unnamed';
  const place = result.locations?.[0]?.physicalLocation;
  const uri = place?.artifactLocation?.uri;
  const path = uri === undefined ? null : safePath(uri);
  if (uri !== undefined && path === null) {
    notes.push({
      path: null,
      message: `A result of ${name} names a place outside of the repository; it is kept without a place.`,
      action: 'Have the tool report paths relative to the repository.',
    });
  }
  const kind = kindOf(name, rule);
  const told = kind === 'secret' ? tellSecret(name, result, key) : tell(result);
  return {
    ...{ kind, rule: name, path, severity: severityOf(result, rule) },
    title: rule?.shortDescription?.text ?? (told.title || name),
    ...(path !== null && place?.region?.startLine !== undefined
      ? { line: place.region.startLine }
      : {}),
    keys: [`${name} ${told.print}`],
    message: told.message || name,
    description: rule?.fullDescription?.text,
    fix: rule?.help?.text?.slice(0, MOST_TEXT),
    references: rule?.helpUri ? [rule.helpUri] : [],
  };
}

/** What the tool says of the place, and by what it is known again. */
function tell(result: SarifResult) {
  const { text, prints, snippet } = wordsOf(result);
  return {
    title: text.split('\n')[0],
    message: text.slice(0, MOST_TEXT),
    print: prints || digest(snippet ?? text),
  };
}

/** A snippet tells two secrets of a file apart that a tool gives the same fingerprints. */
function tellSecret(rule: string, result: SarifResult, key: string) {
  const { text, prints, snippet } = wordsOf(result);
  const known = prints || snippet !== undefined ? [prints, snippet] : [text];
  const print = createHmac('sha256', key)
    .update(JSON.stringify(known))
    .digest('hex');
  return {
    title: `A secret that the rule ${rule} found`,
    message: `The rule ${rule} found a secret here. What the tool says of it is not kept, as it may hold the secret.`,
    print: `hmac:${print.slice(0, 16)}`,
  };
}

function wordsOf({ message, locations, partialFingerprints }: SarifResult) {
  const prints = Object.entries(partialFingerprints ?? {}).sort();
  return {
    text: message.text ?? '',
    prints: prints.map(pair => pair.join('=')).join(' '),
    snippet: locations?.[0]?.physicalLocation?.region?.snippet?.text,
  };
}

function kindOf(name: string, rule: SarifRule | undefined): FindingKind {
  const tags = rule?.properties?.tags ?? [];
  if (/^(CVE|GHSA|OSV|PYSEC|GO|RUSTSEC)-/i.test(name)) return 'vulnerability';
  if (
    tags.some(tag => /^secrets?$/i.test(tag)) ||
    /(^|[-_./])secrets?([-_./]|$)/i.test(name)
  ) {
    return 'secret';
  }
  const security =
    rule?.properties?.['security-severity'] !== undefined ||
    tags.includes('security');
  return security ? 'vulnerability' : 'misconfiguration';
}

/** `security-severity` is a CVSS score, by whose ratings it is told. */
function severityOf(
  result: SarifResult,
  rule: SarifRule | undefined,
): Severity {
  const score = rule?.properties?.['security-severity'];
  if (score !== undefined) {
    if (score >= 9) return 'critical';
    if (score >= 7) return 'high';
    return score >= 4 ? 'medium' : 'low';
  }
  const level = result.level ?? rule?.defaultConfiguration?.level ?? 'warning';
  if (level === 'error') return 'high';
  if (level === 'warning') return 'medium';
  return level === 'note' ? 'low' : 'unknown';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
