import { scoreVerdicts } from 'backstage-plugin-fettle-common';
import type { CheckResult } from 'backstage-plugin-fettle-node';
import type {
  EvaluatedVerdict,
  Evaluation,
  StoredFact,
} from '../store/FettleStore';
import type { ConfiguredCheck } from './ConfiguredCheck';

/** More evidence than this is counted, not kept. */
const MAX_EVIDENCE = 50;
const MAX_MESSAGE = 500;

/**
 * Judges one folder of a repository from its facts. Pure. Checks of scope
 * `repository` always use the facts of the whole repository.
 *
 * A fact that is missing, has a problem or does not fit its schema, and a check
 * that throws, give `unknown` with the reason: never a pass, never nothing.
 */
export function evaluateTarget(options: {
  subpath: string;
  checks: readonly ConfiguredCheck[];
  facts: readonly StoredFact[];
  now: Date;
}): Evaluation {
  const { subpath, checks, facts, now } = options;
  const byPlace = new Map(facts.map(f => [`${f.factId}\0${f.subpath}`, f]));
  const results = checks.map(configured => {
    const place = configured.check.scope === 'path' ? subpath : '';
    return judge(configured, id => byPlace.get(`${id}\0${place}`), now);
  });
  const score = scoreVerdicts(
    results.map((result, i) => ({
      status: result.status,
      weight: checks[i].description.weight,
    })),
  );
  const verdicts = results.map((result, i): EvaluatedVerdict => {
    const { id, title, weight } = checks[i].description;
    const evidence = result.evidence ?? [];
    return {
      checkId: id,
      title,
      status: result.status,
      message: result.message.slice(0, MAX_MESSAGE),
      evidence: evidence
        .slice(0, MAX_EVIDENCE)
        .map(e => ({ ...e, message: e.message.slice(0, MAX_MESSAGE) })),
      moreEvidence: Math.max(0, evidence.length - MAX_EVIDENCE),
      weight,
      ...score.lines[i],
    };
  });
  return {
    subpath,
    verdicts,
    score: score.score,
    upTo: score.upTo,
    level: score.level,
    counts: score.counts,
  };
}

function judge(
  { check, parameters }: ConfiguredCheck,
  find: (factId: string) => StoredFact | undefined,
  now: Date,
): CheckResult {
  const values: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(check.facts)) {
    const fact = find(ref.id);
    if (!fact) {
      return unknown(`The fact '${ref.id}' has not been collected yet.`);
    }
    if (fact.problem) return unknown(fact.problem.message);
    const parsed = ref.schema.safeParse(fact.value);
    if (!parsed.success) {
      return unknown(
        `The stored fact '${ref.id}' is not what the check expects; it will be collected again.`,
      );
    }
    values[name] = parsed.data;
  }
  try {
    return check.evaluate({ facts: values, parameters, now });
  } catch (error) {
    return unknown(
      `The check itself failed: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

function unknown(message: string): CheckResult {
  return { status: 'unknown', message };
}
