import { RE2JS } from 're2js';
import type { Allowlist } from '../rules/RuleSet';

/** What an allowlist is asked about. */
export interface Candidate {
  path: string;
  /** That added it, in a history. */
  commit?: string;
  secret: string;
  /** All that the rule's expression took. */
  match: string;
  /** The whole lines that the match is in. */
  line: string;
}

/** Allowlists, ready to be asked, with the same answers as gitleaks gives. */
export class Allowances {
  readonly #lists: readonly {
    list: Allowlist;
    paths?: RE2JS;
    regexes?: RE2JS;
  }[];

  constructor(lists: readonly Allowlist[]) {
    this.#lists = lists.map(list => ({
      list,
      paths: anyOf(list.paths),
      regexes: anyOf(list.regexes),
    }));
  }

  /** Whether all in a file is allowed; in a history: all that a commit added to it. */
  allowFile(path: string, commit?: string): boolean {
    return this.#lists.some(({ list, paths }) => {
      const asked = origins(list, paths, { path, commit });
      if (list.condition === 'or') return asked.some(one => one);
      // The rest is asked about each secret.
      const { regexes, stopwords } = list;
      return (
        asked.length > 0 &&
        asked.every(one => one) &&
        regexes.length + stopwords.length === 0
      );
    });
  }

  /** Whether one secret is allowed, in a file that is not. */
  allowSecret(candidate: Candidate): boolean {
    const stopped = candidate.secret.toLowerCase();
    return this.#lists.some(({ list, paths, regexes }) => {
      const has = {
        regex: () => regexes!.test(candidate[list.regexTarget]),
        stopword: () => list.stopwords.some(word => stopped.includes(word)),
      };
      const asked = [
        ...(regexes ? [has.regex] : []),
        ...(list.stopwords.length > 0 ? [has.stopword] : []),
      ];
      if (list.condition === 'or') return asked.some(one => one());
      if (origins(list, paths, candidate).includes(false)) return false;
      return asked.length > 0 && asked.every(one => one());
    });
  }
}

/** Whether file and commit are on a list, for what of the two it has. */
function origins(
  { commits }: Allowlist,
  paths: RE2JS | undefined,
  { path, commit }: { path: string; commit?: string },
): boolean[] {
  return [
    ...(paths ? [paths.test(path)] : []),
    ...(commits.length > 0
      ? [commits.some(one => one.toLowerCase() === commit)]
      : []),
  ];
}

function anyOf(expressions: readonly string[]): RE2JS | undefined {
  if (expressions.length === 0) return undefined;
  return RE2JS.compile(expressions.map(one => `(?:${one})`).join('|'));
}
