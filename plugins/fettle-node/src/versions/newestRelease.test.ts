import { isPrerelease } from './isPrerelease';
import { newestRelease } from './newestRelease';

const of = (...versions: string[]) => versions.map(version => ({ version }));

it.each<[ecosystem: string, finished: string[], unfinished: string[]]>([
  ['npm', ['1.0.0', '1.0.0+build-1'], ['1.0.0-rc.1', '2.0.0-0']],
  ['Go', ['v1.2.3', 'v2.0.0+incompatible'], ['v1.2.3-pre', 'v0.0.0-2019-da']],
  ['PyPI', ['1.0', '1.0.post1', '1.0+local-a1'], ['1.0a1', '1.0.dev3', '1rc2']],
  [
    'Maven',
    ['1.0', '1.0.0.Final', '31.1-jre', '2.0.0.RELEASE', '1.0-android'],
    ['1.0-SNAPSHOT', '1.0-rc1', '6.0.0.Beta2', '5.0.0-M1', '1.0b2', '3.0.CR1'],
  ],
  ['RubyGems', ['1.0.0'], ['1.0.0.rc1', '1.0.a']],
  ['Packagist', ['1.0.0', 'v2.1'], ['1.0.0-RC1', 'dev-main', '1.0.0-b2']],
  ['NuGet', ['1.0.0.1'], ['1.0.0-preview.2']],
])('%s tells finished versions from others', (ecosystem, yes, no) => {
  expect(yes.filter(version => isPrerelease(ecosystem, version))).toEqual([]);
  expect(no.filter(version => !isPrerelease(ecosystem, version))).toEqual([]);
});

it.each<[string, string[], string | undefined]>([
  ['npm', ['9.0.0', '10.0.0', '11.0.0-rc.1', '2.0.0'], '10.0.0'],
  ['PyPI', ['1.9', '1.10', '2.0a1', 'nonsense'], '1.10'],
  ['Maven', ['1.10-jre', '1.9', '1.11-SNAPSHOT'], '1.10-jre'],
  ['npm', ['1.0.0-rc.1'], undefined],
  ['npm', [], undefined],
  ['Debian', ['1.0'], undefined],
])('the newest of %s %j is %p', (ecosystem, versions, newest) => {
  expect(newestRelease(ecosystem, of(...versions))?.version).toBe(newest);
});

it('leaves out what was yanked, and what is deprecated where there is another', () => {
  const old = { version: '1.0.0', deprecated: true };
  const yanked = { version: '3.0.0', yanked: true };
  const advised = { version: '0.9.0' };
  expect(newestRelease('npm', [old, yanked, advised])).toBe(advised);
  expect(newestRelease('npm', [old, yanked])).toBe(old);
  expect(newestRelease('npm', [yanked])).toBeUndefined();
});
