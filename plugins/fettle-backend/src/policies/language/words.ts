/** A field, its CEL type, and what it means. Fields that end in `?` may be absent: ask `has()` first. */
export type Fields = Readonly<Record<string, readonly [string, string]>>;

const TIME = 'google.protobuf.Timestamp';

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
    state: ['string', '`pending`, `ready`, `empty` or `failing`'],
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
    state: ['string', '`pending`, `ok`, `partial` or `failed`'],
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
    status: ['string', '`pass`, `warn`, `fail`, `unknown` or `not-applicable`'],
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
    scope: ['string', '`runtime`, `development`, `optional` or `unknown`'],
  },
  Finding: {
    id: ['string', "Fettle's id"],
    kind: [
      'string',
      '`vulnerability`, `secret`, `licence`, `misconfiguration` or `threat`',
    ],
    rule: ['string', 'The rule or advisory that it is known by'],
    aliases: ['list<string>', 'Its other names'],
    title: ['string', 'In one line'],
    severity: ['string', '`critical`, `high`, `medium`, `low` or `unknown`'],
    'cvss?': ['double', 'CVSS base score, 0 to 10'],
    'epss?': ['double', 'How likely it is to be exploited, 0 to 1'],
    exploited: ['bool', 'Known to be exploited'],
    priority: ['double', '0 to 100: what to fix first'],
    state: ['string', '`open`, `accepted` or `false-positive`'],
    certain: ['bool', 'Whether the scanner could tell for sure'],
    path: ['string', 'The file; empty for none'],
    package: ['string', 'Name of the package; empty for none'],
    ecosystem: ['string', 'Of the package; empty for none'],
    versions: ['list<string>', 'Versions of the package that are concerned'],
    'direct?': ['bool', 'Whether the repository asks for the package itself'],
    scope: ['string', 'Of the package; `unknown` for none'],
    fixedIn: ['list<string>', 'Versions of the package that are not affected'],
    seenBy: ['list<string>', 'Scanners and tools that see it'],
    firstSeen: [TIME, 'When it was seen first'],
    opened: [TIME, 'When it was opened, or opened again'],
    openDays: ['int', 'Whole days since then'],
    'due?': [TIME, 'When it is to be fixed; absent where it is not open'],
    overdue: ['bool', 'Whether that time has passed'],
  },
} satisfies Record<string, Fields>;

/** What a condition begins with. */
export const VARIABLES = {
  repository: ['Repository', 'The repository'],
  entities: ['list<Entity>', 'The catalog entities that it backs'],
  verdicts: ['list<Verdict>', 'The verdicts of checks, of every folder'],
  components: ['list<Component>', 'The components of the head'],
  findings: ['list<Finding>', 'The findings that are not fixed'],
  now: [TIME, 'The time of the evaluation'],
} satisfies Fields;

export type TypeName = keyof typeof TYPES;
export type VariableName = keyof typeof VARIABLES;

/** The values of the variables. */
export type Values = Readonly<Partial<Record<VariableName, unknown>>>;

/** The fields of a type by their names, without the mark. */
export function fieldsOf(type: TypeName): Record<string, string> {
  return Object.fromEntries(
    Object.entries<readonly [string, string]>(TYPES[type]).map(
      ([name, [celType]]) => [name.replace(/\?$/, ''), celType],
    ),
  );
}
