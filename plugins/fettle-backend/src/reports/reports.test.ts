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
        { purl: 'pkg:npm/%3Dx@2', scope: 'optional' },
        { purl: 'pkg:npm/a@1.0.0', version: '1.0.0' },
      ],
    });
    expect(readReport(text, { key: 'k' }).readings[0].components).toHaveLength(
      2,
    );
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
