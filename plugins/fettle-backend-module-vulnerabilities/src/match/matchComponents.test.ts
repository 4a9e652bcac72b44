import { gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { databases, FeedWorld, record } from '../testing/FeedWorld';

jest.setTimeout(180_000);

const about = (
  ecosystem: string,
  name: string,
  events: object[],
  more: object = {},
) => ({
  affected: [
    {
      package: { ecosystem, name },
      ranges: [{ type: 'ECOSYSTEM', events }],
      ...more,
    },
  ],
});

const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L';

describe.each(databases().eachSupportedId())('components, %p', id => {
  const created = databases();
  let world: FeedWorld;
  beforeEach(async () => {
    world = await FeedWorld.create(await created.init(id));
  });
  afterEach(() => world.remove());

  const given = async (ecosystem: string, ...records: { id: string }[]) => {
    world.zip(ecosystem, records);
    await world.startFolder({}, [ecosystem]);
    await world.refresh();
    expect(await world.feed(`osv/${ecosystem}`)).toMatchObject({
      state: 'ok',
      broken: 0,
    });
  };

  it.each<[string, string, object[], string[], string[]]>([
    [
      'PyPI',
      'Zope_Interface',
      [{ introduced: '1.0' }, { fixed: '2.0rc1' }],
      ['1.0.0', '2.0b9', '1.0.post1'],
      ['0.9', '2.0rc1', '2.0'],
    ],
    [
      'Maven',
      'org.a:b',
      [{ introduced: '0' }, { last_affected: '2.14.1' }],
      ['2.14.1', '2.0-beta9', '2.14.1.Final'],
      ['2.15.0', '2.14.1-sp'],
    ],
    [
      'RubyGems',
      'rack',
      [{ introduced: '2.0.0.a' }, { fixed: '2.2.3.1' }],
      ['2.0.0.rc1', '2.2.3'],
      ['1.9.9', '2.2.3.1'],
    ],
    [
      'NuGet',
      'Newtonsoft.Json',
      [{ introduced: '0' }, { fixed: '13.0.1' }],
      ['13.0.0', '13.0.1-beta2', '12.0.3.1'],
      ['13.0.1', '13.0.1+x'],
    ],
    [
      'Packagist',
      'Symfony/Http',
      [{ introduced: '5.0.0' }, { fixed: '5.4.0-RC1' }],
      ['v5.3.9', '5.4.0-BETA3'],
      ['5.4.0', 'v4.4.1'],
    ],
    [
      'Pub',
      'http',
      [{ introduced: '0' }, { fixed: '1.0.0+2' }],
      ['1.0.0', '1.0.0+1'],
      ['1.0.0+2', '1.0.1'],
    ],
    [
      'Hex',
      'plug',
      [
        { introduced: '1.0.0' },
        { fixed: '1.0.4' },
        { introduced: '1.1.0' },
        { fixed: '1.1.7' },
      ],
      ['1.0.3', '1.1.0'],
      ['1.0.4', '1.0.9', '1.1.7'],
    ],
    [
      'SwiftURL',
      'https://github.com/a/b',
      [{ introduced: '0' }, { fixed: '1.2.0' }],
      ['1.1.0'],
      ['1.2.0'],
    ],
    [
      'GitHub Actions',
      'Some/Action',
      [{ introduced: '0' }, { fixed: '3.2.1' }],
      ['v3.2.0', 'v2'],
      ['v3.2.1', 'v4'],
    ],
    [
      'Go',
      'stdlib',
      [{ introduced: '1.20.0-0' }, { fixed: '1.20.5' }, { limit: '1.20.3' }],
      ['1.20', 'go1.20.2', '1.20rc1'],
      ['1.20.3', '1.20.5', '1.19'],
    ],
  ])('of %s: %s', async (ecosystem, name, events, affected, others) => {
    await given(ecosystem, {
      ...record('A-1', name, '1'),
      ...about(ecosystem, name, events),
    });
    const spelled = ecosystem === 'PyPI' ? 'zope-interface' : name;
    for (const version of affected) {
      const [match] = await world.match(spelled, version, ecosystem);
      expect([version, match?.rule, match?.certain]).toEqual([
        version,
        'A-1',
        true,
      ]);
    }
    for (const version of others) {
      expect([version, await world.rules(spelled, version, ecosystem)]).toEqual(
        [version, []],
      );
    }
  });

  it('are found by lists of versions, however these are written', async () => {
    const listed = {
      versions: ['1.0', '2004d-final'],
      ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }],
    };
    await given('PyPI', {
      ...record('A-1', 'x', '1'),
      ...about('PyPI', 'x', [], listed),
    });
    expect(await world.rules('x', '1.0.0', 'PyPI')).toEqual(['A-1']);
    expect(await world.rules('X', '2004d-final', 'PyPI')).toEqual(['A-1']);
    expect(await world.rules('x', '1.1', 'PyPI')).toEqual([]);
  });

  it('whose version cannot be compared are not certain, and never passed over', async () => {
    await given('npm', record('A-1', 'left', '1.2.0'), {
      ...record('A-2', 'odd', '1'),
      ...about('npm', 'odd', [{ introduced: '0' }, { fixed: 'the next one' }]),
    });
    const [match] = await world.match('left', 'github:a/b');
    expect(match).toMatchObject({
      rule: 'A-1',
      certain: false,
      fixedIn: ['1.2.0'],
    });
    expect(await world.match('odd', '1.0.0')).toMatchObject([
      { rule: 'A-2', certain: false },
    ]);
    await given('GitHub Actions', {
      ...record('A-3', 'a/b', '1'),
      ...about('GitHub Actions', 'a/b', [
        { introduced: '4.0.0' },
        { fixed: '4.1.3' },
      ]),
    });
    const certain = async (version: string) =>
      (await world.match('a/b', version, 'GitHub Actions')).map(
        one => one.certain,
      );
    expect(await certain('v4')).toEqual([false]);
    expect(await certain('8e5e7e5ab8b370d6c329ec480221332ada57f0ab')).toEqual([
      false,
    ]);
    expect(await certain('v4.0')).toEqual([true]);
    expect(await certain('v3')).toEqual([]);
  });

  it('without a version match only what concerns every version', async () => {
    await given('npm', record('A-1', 'left', '1.2.0'), {
      ...record('MAL-2026-1', 'left', '1'),
      ...about('npm', 'left', [{ introduced: '0' }]),
    });
    expect(await world.match('left', null)).toMatchObject([
      {
        rule: 'MAL-2026-1',
        kind: 'threat',
        severity: 'critical',
        certain: true,
        fixedIn: [],
      },
    ]);
  });

  it('have one match for a problem of many names, known by its CVE', async () => {
    await given(
      'npm',
      record('PYSEC-1', 'left', '1.2.0', {
        aliases: ['GHSA-b'],
        severity: [{ type: 'CVSS_V3', score: V31 }],
      }),
      record('GHSA-b', 'left', '1.2.1', {
        ...{
          aliases: ['CVE-2024-10', 'CVE-2024-9'],
          details: '# Told\n\n<b>It</b> is **bad**, see [here](https://x).',
        },
        severity: [{ type: 'CVSS_V4', score: V4 }],
        references: [
          { type: 'WEB', url: 'https://example.com/web' },
          { type: 'ADVISORY', url: 'https://example.com/advisory' },
          { type: 'FIX', url: 'http://example.com/plain' },
          { type: 'WEB', url: 'data:text/html,x' },
        ],
      }),
      // Concerns other versions, and joins the two others by a name.
      {
        ...record('ACME-2', 'left', '1', { aliases: ['GHSA-c', 'CVE-2024-9'] }),
        ...about('npm', 'left', [{ introduced: '7.0.0' }]),
      },
      record('GHSA-c', 'left', '1.0.9', {
        database_specific: { severity: 'LOW' },
      }),
      record('OTHER-1', 'left', '3.0.0', {
        related: ['CVE-2024-9'],
        database_specific: { severity: 'MODERATE' },
      }),
    );
    const [one, other, ...rest] = await world.match('left', '1.0.0');
    expect(rest).toEqual([]);
    expect(one).toEqual({
      ...{ kind: 'vulnerability', rule: 'CVE-2024-9', certain: true },
      aliases: ['CVE-2024-10', 'GHSA-b', 'GHSA-c', 'ACME-2', 'PYSEC-1'],
      title: 'About left',
      ...{ severity: 'critical', cvss: 9.3, fixedIn: ['1.2.1'] },
      description: 'Told\n\nIt is bad, see here.',
      fix: 'Update left to 1.2.1, or a later version of that line.',
      references: ['https://example.com/advisory', 'https://example.com/web'],
    });
    expect(other).toMatchObject({
      rule: 'OTHER-1',
      aliases: [],
      severity: 'medium',
    });
    expect(other.cvss).toBeUndefined();
  });

  it('are answered in the order given', async () => {
    await given(
      'npm',
      record('A-1', 'left', '1.2.0'),
      record('A-2', 'right', '1.2.0'),
    );
    const ask = (name: string, version: string | null) => ({
      ecosystem: 'npm',
      name,
      version,
      licence: null,
    });
    const many = Array.from({ length: 5_000 }, (_, i) => ask(`p${i}`, '1.0.0'));
    const answers = await world.matcher.match(
      [
        ask('right', '1.0.0'),
        ...many,
        ask('left', '1.0.0'),
        ask('left', '2.0.0'),
        ask('left', '1.0.0'),
      ],
      { signal: new AbortController().signal },
    );
    expect(answers).toHaveLength(5_004);
    const rules = answers.map(matches =>
      matches.map(({ rule }) => rule).join(),
    );
    expect(rules[0]).toBe('A-2');
    expect(rules.slice(1, 5_001).join('')).toBe('');
    expect(rules.slice(5_001)).toEqual(['A-1', '', 'A-1']);
    await expect(
      world.matcher.match(many, { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });

  it('know what other feeds say of a CVE, and change with it', async () => {
    world.zip('npm', [
      record('A-1', 'left', '1.2.0', { aliases: ['CVE-2024-1000'] }),
      record('CVE-2024-2000', 'right', '9.0.0'),
    ]);
    const epss = world.path('epss.csv.gz');
    const kev = world.path('kev.json');
    const scores = (...lines: string[]) =>
      writeFileSync(
        epss,
        gzipSync(
          [
            '#model_version:v1,score_date:2026-11-01T00:00:00+0000',
            'cve,epss,percentile',
            ...lines,
          ].join('\n'),
        ),
      );
    const exploited = (...cves: string[]) =>
      writeFileSync(
        kev,
        JSON.stringify({ vulnerabilities: cves.map(cveID => ({ cveID })) }),
      );
    scores('CVE-2024-1000,0.25,0.9', 'CVE-2024-2000,0.5,0.9', 'nonsense');
    exploited('CVE-2024-2000');
    await world.start({
      feeds: [{ ecosystem: 'npm', from: world.folder }],
      epss,
      kev,
    });
    await world.refresh();
    expect(await world.match('left', '1.0.0')).toMatchObject([{ epss: 0.25 }]);
    expect((await world.match('left', '1.0.0'))[0].exploited).toBeUndefined();
    expect(await world.match('right', '1.0.0')).toMatchObject([
      { epss: 0.5, exploited: true },
    ]);
    expect(await world.feed('epss')).toMatchObject({
      state: 'ok',
      records: 2,
      broken: 1,
      newestAt: '2026-11-01T00:00:00.000Z',
    });
    expect(await world.feed('kev')).toMatchObject({ state: 'ok', records: 1 });

    const { cursor } = await world.matcher.changesSince(null);
    scores('CVE-2024-1000,0.75,0.9', 'CVE-2024-2000,0.5,0.9');
    await world.refresh();
    const next = await world.matcher.changesSince(cursor);
    expect(next.packages).toEqual([{ ecosystem: 'npm', name: 'left' }]);
    exploited('CVE-2024-3000');
    await world.refresh();
    expect((await world.matcher.changesSince(next.cursor)).packages).toEqual([
      { ecosystem: 'npm', name: 'right' },
    ]);
    expect(await world.match('left', '1.0.0')).toMatchObject([{ epss: 0.75 }]);
    expect((await world.match('right', '1.0.0'))[0].exploited).toBeUndefined();

    // Half of a file changes nothing.
    writeFileSync(
      epss,
      gzipSync('CVE-2024-1000,0.1,0\n'.repeat(5_000)).subarray(0, -20),
    );
    writeFileSync(kev, '{"vulnerabilities": []}');
    await world.refresh();
    expect((await world.feed('epss')).reason).toMatchObject({
      code: 'corrupt',
    });
    expect((await world.feed('kev')).reason).toMatchObject({ code: 'corrupt' });
    expect(await world.match('left', '1.0.0')).toMatchObject([{ epss: 0.75 }]);
  });
});
