import { mergeFindings, settle, type Observation } from './mergeFindings';
import type { Sighting } from './Sighting';
import type { ActiveException, StoredFinding } from './StoredFinding';

const day = (number: number) => new Date(Date.UTC(2026, 2, number, 12));

function sighting(given: Partial<Sighting> = {}): Sighting {
  return {
    ...{ kind: 'secret', rule: 'cloud-key', aliases: [], title: 'A key' },
    ...{ severity: 'high', cvss: null, epss: null, exploited: false },
    ...{ certain: true, path: 'deploy.env', line: 3, keys: ['hmac:1'] },
    ...{ component: null, fixedIn: [], message: 'A key', description: null },
    ...{ fix: null, references: [] },
    ...given,
  };
}

/** A repository over time: what observers see, day by day. */
class Timeline {
  findings: StoredFinding[] = [];
  exceptions: ActiveException[] = [];
  owners = new Set(['group:default/pay']);

  see(
    at: Date,
    sightings: readonly Sighting[],
    observation: Partial<Observation> = {},
  ) {
    const merged = mergeFindings(
      'r',
      this.findings,
      {
        ...{ observer: 'secrets', sightings, unread: () => false },
        ...{ commit: `c${at.getUTCDate()}`, ...observation },
      },
      { exceptions: this.exceptions, owners: this.owners, now: at },
    );
    const changed = new Map(merged.changed.map(one => [one.id, one]));
    this.findings = [
      ...this.findings.map(one => changed.get(one.id) ?? one),
      ...merged.changed.filter(
        ({ id }) => !this.findings.some(one => one.id === id),
      ),
    ];
    return merged.events.map(({ event }) => event);
  }
}

function exception(given: Partial<ActiveException> = {}): ActiveException {
  return {
    ...{ id: 'e', as: 'accepted', scope: 'repository', kind: 'secret' },
    ...{ names: ['cloud-key'], findingId: null, repositoryId: 'r' },
    ...{ owner: null, expiresAt: '2026-04-01T00:00:00.000Z' },
    ...{ actor: 'user:default/ada', reason: 'A sandbox.' },
    ...given,
  };
}

let time: Timeline;
beforeEach(() => {
  time = new Timeline();
});

it('opens what is seen, fixes what is gone, and opens again what returns', () => {
  expect(time.see(day(1), [sighting()])).toEqual(['opened']);
  expect(time.see(day(2), [sighting({ line: 9 })])).toEqual([]);
  expect(time.findings).toMatchObject([
    { state: 'open', seen: { line: 9 }, openedAt: day(1).toISOString() },
  ]);
  expect(time.see(day(3), [])).toEqual(['fixed']);
  expect(time.findings).toMatchObject([
    { state: 'fixed', fixedAt: day(3).toISOString(), commit: 'c3' },
  ]);
  expect(time.see(day(4), [sighting()])).toEqual(['reopened']);
  expect(time.findings).toMatchObject([
    {
      state: 'open',
      fixedAt: null,
      firstSeenAt: day(1).toISOString(),
      openedAt: day(4).toISOString(),
    },
  ]);
});

it('says nothing where nothing changed', () => {
  time.see(day(1), [sighting()]);
  const merged = mergeFindings(
    'r',
    time.findings,
    {
      ...{ observer: 'secrets', sightings: [sighting()] },
      ...{ unread: () => false, commit: 'c2' },
    },
    { exceptions: [], owners: new Set(), now: day(2) },
  );
  expect(merged).toEqual({ changed: [], events: [] });
});

it('fixes nothing in a file that could not be read', () => {
  time.see(day(1), [sighting(), sighting({ path: 'other', keys: ['hmac:2'] })]);
  const unread = (path: string) => path === 'deploy.env';
  expect(time.see(day(2), [], { unread })).toEqual(['fixed']);
  expect(time.findings.map(({ seen, state }) => [seen.path, state])).toEqual([
    ['deploy.env', 'open'],
    ['other', 'fixed'],
  ]);
});

it('is one finding for all who see it, and fixed when the last does not', () => {
  time.see(day(1), [sighting()]);
  const other = sighting({ rule: 'OTHER-1', keys: ['theirs', 'hmac:1'] });
  expect(time.see(day(2), [other], { observer: 'ci' })).toEqual([]);
  expect(time.findings).toHaveLength(1);
  expect(time.findings[0].seen).toMatchObject({
    rule: 'cloud-key',
    aliases: ['OTHER-1'],
  });
  expect(time.see(day(3), [])).toEqual([]);
  expect(time.findings[0].state).toBe('open');
  expect(time.see(day(4), [], { observer: 'ci' })).toEqual(['fixed']);
});

it('knows a problem again when its names change', () => {
  const before = sighting({
    ...{ kind: 'vulnerability', rule: 'GHSA-1', keys: ['npm:a:GHSA-1'] },
  });
  time.see(day(1), [before], { observer: 'osv' });
  const after = sighting({
    ...{ kind: 'vulnerability', rule: 'CVE-1', aliases: ['GHSA-1'] },
    keys: ['npm:a:CVE-1', 'npm:a:GHSA-1'],
  });
  expect(time.see(day(2), [after], { observer: 'osv' })).toEqual([]);
  const later = { ...after, keys: ['npm:a:CVE-1'], aliases: [] };
  expect(time.see(day(3), [later], { observer: 'osv' })).toEqual([]);
  expect(time.findings).toHaveLength(1);
  expect(time.findings[0].seen.rule).toBe('CVE-1');
});

it.each([
  ['a secret by its line', sighting({ keys: ['theirs'], rule: 'aws' })],
  ['no secret of another line', sighting({ keys: ['theirs'], line: 4 })],
] as const)('brings observers together: %s', (what, other) => {
  time.see(day(1), [sighting()]);
  time.see(day(2), [other], { observer: 'ci' });
  expect(time.findings).toHaveLength(what.startsWith('no') ? 2 : 1);
});

it('brings a report without packages to the one package that has the advisory', () => {
  const known = (name: string, rule: string) =>
    sighting({
      ...{ kind: 'vulnerability', rule, keys: [`npm:${name}:${rule}`] },
      component: {
        ...{ ecosystem: 'npm', name, versions: ['1'], direct: true },
        ...{ scope: 'runtime', chain: [] },
      },
    });
  const told = (rule: string) =>
    sighting({ kind: 'vulnerability', rule, keys: [`sarif:${rule}`] });
  time.see(
    day(1),
    [known('a', 'CVE-1'), known('a', 'CVE-2'), known('b', 'CVE-2')],
    {
      observer: 'osv',
    },
  );
  time.see(day(2), [told('CVE-1')], { observer: 'ci' });
  expect(time.findings).toHaveLength(3);
  // Which of the two is meant cannot be told.
  time.see(day(3), [told('CVE-1'), told('CVE-2')], { observer: 'ci' });
  expect(time.findings).toHaveLength(4);
});

it('takes two sightings of one problem in one file for one finding', () => {
  time.see(day(1), [sighting(), sighting({ line: 40 })]);
  expect(time.findings).toMatchObject([{ seen: { line: 3 } }]);
});

it.each([
  ['repository', exception(), 'accepted'],
  ['another repository', exception({ repositoryId: 'x' }), 'open'],
  ['another rule', exception({ names: ['x'] }), 'open'],
  ['another kind', exception({ kind: 'licence' }), 'open'],
  [
    'owner',
    exception({
      ...{ scope: 'owner', repositoryId: null },
      owner: 'group:default/pay',
    }),
    'accepted',
  ],
  [
    'another owner',
    exception({ scope: 'owner', repositoryId: null, owner: 'group:default/x' }),
    'open',
  ],
] as const)('covers by %s', (_, covering, state) => {
  time.exceptions = [covering];
  time.see(day(1), [sighting()]);
  expect(time.findings).toMatchObject([{ state }]);
});

it('returns what an exception hid when it ends, and fixes it while it holds', () => {
  time.see(day(1), [sighting()]);
  const [open] = time.findings;
  const covering = exception({ scope: 'place', findingId: open.id });
  const circumstances = { owners: time.owners, now: day(2), commit: null };
  const hidden = settle(open, { ...circumstances, exceptions: [covering] });
  expect(hidden.finding).toMatchObject({ state: 'accepted', exceptionId: 'e' });
  expect(hidden.events).toMatchObject([
    { event: 'accepted', actor: 'user:default/ada', reason: 'A sandbox.' },
  ]);
  const again = settle(hidden.finding, { ...circumstances, exceptions: [] });
  expect(again.finding).toMatchObject({ state: 'open', exceptionId: null });
  expect(again.events).toMatchObject([{ event: 'exception-ended' }]);
  time.findings = [hidden.finding];
  time.exceptions = [covering];
  expect(time.see(day(3), [])).toEqual(['fixed']);
});

it('keeps a false positive before an accepted one, and the longer before the shorter', () => {
  time.exceptions = [
    exception({ id: 'short' }),
    exception({ id: 'long', expiresAt: '2026-05-01T00:00:00.000Z' }),
  ];
  time.see(day(1), [sighting()]);
  expect(time.findings).toMatchObject([{ exceptionId: 'long' }]);
  time.exceptions.push(
    exception({ id: 'false', as: 'false-positive', expiresAt: null }),
  );
  time.see(day(2), [sighting()]);
  expect(time.findings).toMatchObject([{ state: 'false-positive' }]);
});
