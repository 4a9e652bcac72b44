/** What is no secret after all. Names as in gitleaks's format; expressions in the syntax of RE2. */
export interface Allowlist {
  /** `and` asks for one of each kind that is there; `or` for any of all. */
  condition: 'or' | 'and';
  commits: readonly string[];
  paths: readonly string[];
  regexes: readonly string[];
  /** Parts of the secret, lower case. */
  stopwords: readonly string[];
  /** What `regexes` are held against. */
  regexTarget: 'secret' | 'match' | 'line';
}

/** How one kind of secret looks. */
export interface Rule {
  id: string;
  description: string;
  /** At least one of this and `path`. */
  regex?: string;
  /** Files that it is looked for in; without a regex, files that are a secret by their names. */
  path?: string;
  /** One of them must be in the file, lower case; none for any file. */
  keywords: readonly string[];
  /** Shannon's, in bits, that the secret must exceed; 0 for any. */
  entropy: number;
  /** 0 for the first group that is not empty, or the whole match. */
  secretGroup: number;
  tags: readonly string[];
  allowlists: readonly Allowlist[];
}

/** Rules, and what none of them minds. Data only: it goes to another process. */
export interface RuleSet {
  rules: readonly Rule[];
  allowlists: readonly Allowlist[];
}
