import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { Component } from 'backstage-plugin-fettle-common';
import { readReport } from './readReport';
import { safePath } from './safePath';
import { writeBom } from './writeBom';
import { writeComponentsCsv } from './writeCsv';

it.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src/a.ts'],
  ['src\\a.ts', 'src/a.ts'],
  ['a/../b', null],
  ['%2e%2e/b', null],
  ['https://example.com/a', null],
  ['C:\\a', null],
  ['%zz', null],
  ['', null],
])('takes the place %s for %s', (given, path) => {
  expect(safePath(given)).toBe(path);
});

describe('what is given out', () => {
  const component = (given: Partial<Component>): Component => ({
    ...{ purl: 'pkg:npm/a@1.0.0', ecosystem: 'npm', name: 'a' },
    ...{ version: '1.0.0', requirement: null, licence: 'MIT', line: null },
    ...{ path: 'package-lock.json', direct: true, scope: 'runtime', chain: [] },
    ...given,
  });
  const components = [
    component({}),
    component({ path: 'web/package-lock.json' }),
    component({
      ...{ name: '=HYPERLINK("x")', purl: 'pkg:npm/%3Dx', version: '2' },
      ...{ licence: 'MIT OR (Apache-2.0 AND strange)', scope: 'development' },
    }),
    component({ purl: 'nonsense' }),
  ];

  it('is a valid CycloneDX 1.6, with each component once', async () => {
    const text = writeBom(components, {
      ...{ name: 'a/b', commit: 'c1', now: new Date('2026-03-01T00:00:00Z') },
    });
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text)).toBeNull();
    expect(JSON.parse(text)).toMatchObject({
      specVersion: '1.6',
      components: [
        { purl: 'pkg:npm/%3Dx@2', scope: 'excluded' },
        { purl: 'pkg:npm/a@1.0.0', version: '1.0.0' },
      ],
    });
    expect(readReport(text, { key: 'k' }).readings[0].components).toHaveLength(
      2,
    );
  });

  it('is read back as it was', () => {
    const of = (
      purl: string,
      ecosystem: string,
      name: string,
      given: Partial<Component> = {},
    ) => component({ purl, ecosystem, name, ...given });
    const given = [
      of('pkg:npm/%40babel/core@1.0.0', 'npm', '@babel/core'),
      of('pkg:maven/org.x/y@1.0.0', 'Maven', 'org.x:y', { scope: 'optional' }),
      of('pkg:golang/x.org/y/z@v1.0.0', 'Go', 'x.org/y/z'),
      of('pkg:pypi/zope.interface@1.0.0', 'PyPI', 'zope-interface'),
      of('pkg:docker/a/b@1.0.0?repository_url=x.io', 'docker', 'x.io/a/b'),
      of(
        // eslint-disable-next-line no-restricted-syntax
        ...(['pkg:githubactions/a/b/c@v3', 'GitHub Actions', 'a/b/c'] as const),
        { version: 'v3', scope: 'development', licence: null },
      ),
      of('pkg:npm/b@1.0.0', 'npm', 'b', { licence: 'MIT OR Apache-2.0' }),
      of('pkg:npm/c@1.0.0', 'npm', 'c', { licence: 'Our own words' }),
      of('pkg:npm/d', 'npm', 'd', { version: null }),
    ];
    const text = writeBom(given, {
      ...{ name: 'a/b', commit: 'c1', now: new Date('2026-03-01T00:00:00Z') },
    });
    const [{ components: read, problems }] = readReport(text, {
      key: 'k',
    }).readings;
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1;
    const told = given.map(({ ecosystem, name, version, scope, licence }) => ({
      ...{ ecosystem, name, version, scope },
      licence: licence ?? undefined,
    }));
    expect(problems).toEqual([]);
    expect(read!.sort(byName)).toMatchObject(told.sort(byName));
  });

  it.each<[string, object]>([
    ['MIT', { license: { id: 'MIT' } }],
    ['apache-2.0', { license: { id: 'Apache-2.0' } }],
    ...[
      ...['MIT OR Apache-2.0', '((MIT))', '(MIT OR ISC) AND LicenseRef-ours'],
      '(GPL-2.0+ WITH Classpath-exception-2.0 AND DocumentRef-a:LicenseRef-b)',
    ].map((expression): [string, object] => [expression, { expression }]),
    ...[
      ...['Our own words', 'MIT OR', 'MIT OR (ISC', 'MIT) OR (ISC', 'MIT ISC'],
      ...['(MIT) WITH x', 'MIT OR WITH', '()'],
    ].map((name): [string, object] => [name, { license: { name } }]),
  ])('has the licence %s as it can best be told', (licence, told) => {
    const text = writeBom([component({ licence })], {
      ...{ name: 'a', commit: null, now: new Date(0) },
    });
    const [{ licenses }] = JSON.parse(text).components;
    expect(licenses).toMatchObject([told]);
  });

  it('is CSV in which nothing is computed', () => {
    const text = writeComponentsCsv(
      components.map((one, index) => ({
        ...one,
        newest: {
          ...{ version: '3.0.0', from: 'registry', problem: null },
          ...{ publishedAt: null, checkedAt: null },
        },
        behind: index === 0 ? { step: 'major', by: 2 } : null,
      })),
    );
    const [head, ...lines] = text.split('\n');
    expect(head).toContain('ecosystem,name,version,newest,newest from,behind');
    expect(lines[0]).toContain('3.0.0,registry,2 major');
    expect(lines[1]).toContain('3.0.0,registry,,');
    expect(text).toContain(`'=HYPERLINK`);
  });
});
