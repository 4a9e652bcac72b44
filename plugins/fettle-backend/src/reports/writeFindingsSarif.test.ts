import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Finding } from 'backstage-plugin-fettle-common';
import { readReport } from './readReport';
import { writeFindingsSarif } from './writeFindingsSarif';

// One of its patterns is none with the flag for Unicode.
const ajv = addFormats(
  new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }),
);
const { $schema, id: _, ...draft } = sarifSchema as Record<string, unknown>;
const validate = ajv.compile(draft);

function finding(given: Partial<Finding> = {}) {
  const at = '2026-03-01T12:00:00.000Z';
  return {
    ...{ id: 'f1', repositoryId: 'a', repository: 'pay/ledger' },
    remote: 'https://git.example.com/pay/ledger',
    ...{ kind: 'vulnerability' as const, rule: 'CVE-1', aliases: [] },
    ...{ title: 'It breaks', severity: 'high' as const, cvss: 7.5 },
    ...{ priority: 50, priorityReasons: [], certain: true },
    ...{ state: 'open' as const, path: 'web/a b.lock', line: 7, url: null },
    ...{ hidden: false, fixedIn: ['1.2.3'], seenBy: ['osv'] },
    component: {
      ...{ ecosystem: 'npm', name: 'left-pad', versions: ['1.0.0'] },
      ...{ direct: true, scope: 'runtime' as const, chain: [] },
    },
    ...{ firstSeenAt: at, lastSeenAt: at, stateSince: at },
    ...{ dueAt: null, exception: null, revision: 1 },
    ...given,
  };
}

function write(...findings: ReturnType<typeof finding>[]) {
  const text = writeFindingsSarif(findings);
  const sarif = JSON.parse(text);
  validate(sarif);
  expect(validate.errors ?? []).toEqual([]);
  return { text, runs: sarif.runs };
}

it('is valid, with a run for each repository and each rule once', () => {
  const { runs } = write(
    finding(),
    finding({ id: 'f2', line: null, severity: 'unknown', cvss: null }),
    { ...finding({ id: 'f3', repositoryId: 'b' }), remote: 'file:///srv/b' },
  );
  expect(runs).toHaveLength(2);
  expect(runs[0].tool.driver.rules).toHaveLength(1);
  expect(runs[0].versionControlProvenance).toEqual([
    { repositoryUri: 'https://git.example.com/pay/ledger' },
  ]);
  expect(runs[1]).not.toHaveProperty('versionControlProvenance');
  expect(runs[0].results[0].message.text).toBe(
    'left-pad 1.0.0: It breaks (fixed in 1.2.3)',
  );
});

it('is read back as what is open: nothing fixed or accepted, and no place that is hidden', () => {
  const exception = {
    ...{ id: 'e', as: 'accepted' as const, scope: 'place' as const },
    ...{ covers: 'x', rule: 'CVE-3', reason: 'Never called.', endedAt: null },
    ...{ actor: 'user:default/ada', expiresAt: null },
    createdAt: '2026-03-01T12:00:00.000Z',
  };
  const { text } = write(
    finding(),
    finding({ id: 'f2', rule: 'CVE-2', state: 'fixed' }),
    finding({ id: 'f3', rule: 'CVE-3', state: 'accepted', exception }),
    finding({
      ...{ id: 'f4', rule: 'key', kind: 'secret', component: null },
      ...{ path: null, line: null, hidden: true },
    }),
  );
  expect(readReport(text, { key: 'k' }).readings[0].findings).toMatchObject([
    { rule: 'CVE-1', severity: 'high', path: 'web/a b.lock', line: 7 },
    { rule: 'key', path: null },
  ]);
});

it('has no run where there is no finding', () => {
  expect(write().runs).toEqual([]);
});
