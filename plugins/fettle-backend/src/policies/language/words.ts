import {
  componentScopeSchema,
  findingKindSchema,
  findingStateSchema,
  repositoryStateSchema,
  scanStatusSchema,
  severitySchema,
  verdictStatusSchema,
} from 'backstage-plugin-fettle-common';
import type { RunCause } from 'backstage-plugin-fettle-node';

/** The CEL type of a field, what it means, and all values that it can have where these are known. */
export type Field = readonly [string, string, (readonly string[])?];

/** Fields by their names. Those that end in `?` may be absent: ask `has()` first. */
export type Fields = Readonly<Record<string, Field>>;

const TIME = 'google.protobuf.Timestamp';

/** The states of the findings that policies read: those that are not fixed. */
export const FINDING_STATES = findingStateSchema.exclude(['fixed']).options;

/** The states of repositories that policies read: how old a reading is they ask by `now`. */
export const REPOSITORY_STATES = repositoryStateSchema.exclude([
  'stale',
]).options;

/** Why runs fail. */
export const RUN_CAUSES: readonly RunCause[] = [
  ...(['network', 'runner-lost', 'rate-limit', 'flaky-test'] as const),
  ...(['change', 'unknown'] as const),
];

/** A text that is always one of these. */
function oneOf(values: readonly string[], before = '') {
  const names = values.map(value => `\`${value}\``);
  const list = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  return ['string', before + list, values] as const;
}

/**
 * Every type that a condition can read. One list makes the type checks, the
 * objects that are evaluated, and what a message says that there is.
 */
export const TYPES = {
  Repository: {
    id: ['string', "Fettle's id"],
    name: ['string', 'As people know it, for example `payments/ledger`'],
    host: ['string', 'The host it is on'],
    remote: ['string', 'Its address'],
    state: oneOf(REPOSITORY_STATES),
    owners: ['list<string>', 'Entity refs of the owners of its entities'],
    systems: ['list<string>', 'Entity refs of the systems of its entities'],
    'defaultBranch?': ['string', 'The default branch'],
    'headCommit?': ['string', 'The newest commit of the default branch'],
    'headAt?': [TIME, 'When that commit was made'],
    'score?': ['double', '0 to 100: what is proved'],
    'protected?': ['bool', 'Whether the default branch is protected'],
    'reviews?': ['int', 'Reviews that a change of the default branch needs'],
    'forcePushes?': ['bool', 'Whether the default branch may be overwritten'],
    'archived?': ['bool', 'Whether the host calls it archived'],
    scans: ['list<Scan>', 'One for each scanner of the portal'],
  },
  Scan: {
    scanner: ['string', 'Id of the scanner'],
    state: oneOf(scanStatusSchema.shape.state.options),
    current: ['bool', 'Whether it is of the head commit'],
    'at?': [TIME, 'When it last succeeded'],
  },
  Entity: {
    ref: ['string', 'For example `component:default/ledger`'],
    kind: ['string', 'In lower case, for example `component`'],
    namespace: ['string', 'For example `default`'],
    name: ['string', 'For example `ledger`'],
    subpath: ['string', 'Its folder; empty for the whole repository'],
    'owner?': ['string', 'Entity ref'],
    'system?': ['string', 'Entity ref'],
  },
  Verdict: {
    check: ['string', 'Id of the check'],
    title: ['string', 'Of the check'],
    status: oneOf(verdictStatusSchema.options),
    message: ['string', 'The verdict in one sentence'],
    subpath: ['string', 'The folder that was judged; empty for the root'],
    since: [TIME, 'When the status became what it is'],
  },
  Component: {
    ecosystem: ['string', 'As OSV calls it, for example `npm`'],
    name: ['string', 'Of the package'],
    'version?': ['string', 'Absent where only a range is asked for'],
    'licence?': ['string', 'SPDX expression, or the words of the package'],
    path: ['string', 'The file that names it'],
    'direct?': ['bool', 'Whether the repository asks for it by itself'],
    scope: oneOf(componentScopeSchema.options),
  },
  Finding: {
    id: ['string', "Fettle's id"],
    kind: oneOf(findingKindSchema.options),
    rule: ['string', 'The rule or advisory that it is known by'],
    aliases: ['list<string>', 'Its other names'],
    title: ['string', 'In one line'],
    severity: oneOf(severitySchema.options),
    'cvss?': ['double', 'CVSS base score, 0 to 10'],
    'epss?': ['double', 'How likely it is to be exploited, 0 to 1'],
    exploited: ['bool', 'Known to be exploited'],
    priority: ['double', '0 to 100: what to fix first'],
    state: oneOf(FINDING_STATES),
    certain: ['bool', 'Whether the scanner could tell for sure'],
    path: ['string', 'The file; empty for none'],
    package: ['string', 'Name of the package; empty for none'],
    ecosystem: ['string', 'Of the package; empty for none'],
    versions: ['list<string>', 'Versions of the package that are concerned'],
    'direct?': ['bool', 'Whether the repository asks for the package itself'],
    scope: oneOf(componentScopeSchema.options, 'Of the package: '),
    fixedIn: ['list<string>', 'Versions of the package that are not affected'],
    seenBy: ['list<string>', 'Scanners and tools that see it'],
    firstSeen: [TIME, 'When it was seen first'],
    opened: [TIME, 'When it was opened, or opened again'],
    openDays: ['int', 'Whole days since then'],
    'due?': [TIME, 'When it is to be fixed; absent where it is not open'],
    overdue: ['bool', 'Whether that time has passed'],
  },
  Run: {
    id: ['string', "The host's id of the run"],
    pipeline: ['string', 'Name of the pipeline'],
    'branch?': ['string', 'The branch'],
    defaultBranch: ['bool', 'Whether that is the default branch'],
    'commit?': ['string', 'The commit'],
    'event?': ['string', 'What started it, as its host calls it'],
    attempt: ['int', 'From 1'],
    failedJobs: ['list<string>', 'Names of the jobs that failed'],
    failures: ['int', 'Failed runs since the last that succeeded'],
    cause: oneOf(RUN_CAUSES),
    failed: [TIME, 'When it failed'],
    since: [TIME, 'When the first of these runs failed'],
  },
  Drift: {
    standard: ['string', 'Id of the standard'],
    version: ['string', 'Of the standard'],
    paths: ['list<string>', 'Files that differ from it'],
    'checked?': [TIME, 'When that was found'],
  },
} satisfies Record<string, Fields>;

/** What the condition of a policy begins with. */
export const VARIABLES = {
  repository: ['Repository', 'The repository'],
  entities: ['list<Entity>', 'The catalog entities that it backs'],
  verdicts: ['list<Verdict>', 'The verdicts of checks, of every folder'],
  components: ['list<Component>', 'The components of the head'],
  findings: ['list<Finding>', 'The findings that are not fixed'],
  now: [TIME, 'The time of the evaluation'],
} satisfies Fields;

/** What the condition of a playbook has besides: the one of its trigger. */
export const PROBLEM_VARIABLES = {
  finding: ['Finding', 'The finding that is to be fixed'],
  verdict: ['Verdict', 'The verdict that is to become better'],
  run: ['Run', 'The run that failed'],
  drift: ['Drift', 'The difference from a standard'],
} satisfies Fields;

export type TypeName = keyof typeof TYPES;
export type VariableName = keyof typeof VARIABLES;
export type ProblemVariable = keyof typeof PROBLEM_VARIABLES;

/** The values of the variables. */
export type Values = Readonly<
  Partial<Record<VariableName | ProblemVariable, unknown>>
>;

/** The types of these variables, and those that their fields name. */
export function typesOf(
  variables: readonly (VariableName | ProblemVariable)[],
): TypeName[] {
  const all: Fields = { ...VARIABLES, ...PROBLEM_VARIABLES };
  const found = new Set<TypeName>();
  const add = (celType: string) => {
    const name = celType.replace(/^list<(.*)>$/, '$1');
    if (!Object.hasOwn(TYPES, name) || found.has(name as TypeName)) return;
    found.add(name as TypeName);
    Object.values(fieldsOf(name as TypeName)).forEach(add);
  };
  for (const variable of variables) add(all[variable][0]);
  return (Object.keys(TYPES) as TypeName[]).filter(name => found.has(name));
}

/** The fields of a type by their names, without the mark. */
export function fieldsOf(type: TypeName): Record<string, string> {
  return Object.fromEntries(
    Object.entries<Field>(TYPES[type]).map(([name, [celType]]) => [
      name.replace(/\?$/, ''),
      celType,
    ]),
  );
}

/** All values that a field can have; undefined where these are not known. */
export function valuesOf(
  type: TypeName,
  field: string,
): readonly string[] | undefined {
  const fields: Fields = TYPES[type];
  return (fields[field] ?? fields[`${field}?`])?.[2];
}
