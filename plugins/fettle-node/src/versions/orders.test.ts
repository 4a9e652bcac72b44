// It names ecosystems as OSV does.
/* eslint-disable no-restricted-syntax */
import { orderOfEcosystem } from './orders';

/** Lists in rising order, as the ecosystem's own documents give them. */
const RISING: [ecosystem: string, document: string, versions: string[]][] = [
  [
    'npm',
    'semver.org, 11',
    ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta'].concat(
      ['1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0'],
      ['2.0.0', '2.1.0', '2.1.1'],
    ),
  ],
  [
    'Go',
    'go.dev/ref/mod and the releases of the tools',
    ['v0.0.0-20191109021931-daa7c04131f5', 'v1.2.3-pre', 'v1.2.3'].concat([
      '1.19',
      'go1.19.1',
      'go1.21rc2',
      '1.21.0',
      'v2.0.0+incompatible',
    ]),
  ],
  [
    'Pub',
    'dart.dev/tools/pub/versioning',
    ['1.0.0-a', '1.0.0', '1.0.0+1', '1.0.0+2'],
  ],
  [
    'PyPI',
    'PEP 440, summary of permitted suffixes and relative ordering',
    [
      '1.dev0',
      '1.0.dev456',
      '1.0a1',
      '1.0a2.dev456',
      '1.0a12.dev456',
      '1.0a12',
    ].concat(
      ['1.0b1.dev456', '1.0b2', '1.0b2.post345.dev456', '1.0b2.post345'],
      ['1.0rc1.dev456', '1.0rc1', '1.0', '1.0+abc.5', '1.0+abc.7', '1.0+5'],
      ['1.0.post456.dev34', '1.0.post456', '1.0.15', '1.1.dev1', '1!0.1'],
    ),
  ],
  [
    'Maven',
    'ComparableVersion',
    [
      '1-alpha',
      '1-beta',
      '1-milestone',
      '1-rc',
      '1-snapshot',
      '1',
      '1-sp',
    ].concat(['1-whatever', '1-1', '1.1', '1.10', '2']),
  ],
  [
    'RubyGems',
    'Gem::Version',
    ['1.0.a', '1.0.a.2', '1.0.b1', '1.0', '1.0.1', '1.8.2.a', '1.8.2', '1.10'],
  ],
  [
    'NuGet',
    'learn.microsoft.com, package versioning',
    [
      '1.0.1-alpha',
      '1.0.1-alpha10',
      '1.0.1-alpha2',
      '1.0.1-beta',
      '1.0.1-open',
    ].concat([
      '1.0.1-rc',
      '1.0.1-rc.2',
      '1.0.1-rc.10',
      '1.0.1-zzz',
      '1.0.1',
      '1.0.1.5',
    ]),
  ],
  [
    'Packagist',
    'getcomposer.org, stabilities',
    [
      '1.0.0-dev',
      '1.0.0-alpha1',
      '1.0.0-beta1',
      '1.0.0-beta2',
      '1.0.0-RC1',
    ].concat(['1.0.0', '1.0.0-patch1', '1.0.1', '1.x-dev', '2.0']),
  ],
];

const EQUAL: [ecosystem: string, a: string, b: string][] = [
  ['npm', '1.0.0+build.1', '1.0.0'],
  ['Go', 'v1.19', '1.19.0'],
  ['PyPI', '1.0', '1.0.0'],
  ['PyPI', '1.0alpha1', '1.0a1'],
  ['PyPI', '1.0-1', '1.0.post1'],
  ['Maven', '1.0', '1'],
  ['Maven', '1-ga', '1'],
  ['Maven', '1a1', '1-alpha-1'],
  ['Maven', '1.0.0.Final', '1'],
  ['RubyGems', '1', '1.0.0'],
  ['NuGet', '1.00', '1.0'],
  ['NuGet', '1.01.1', '1.1.1'],
  ['NuGet', '1.0.0.0', '1.0.0'],
  ['NuGet', '1.0.0-BETA', '1.0.0-beta'],
  ['NuGet', '1.0.7+r3456', '1.0.7'],
  ['Packagist', 'v1.0', '1.0.0.0'],
  ['Packagist', '1.0.0-b1', '1.0.0beta1'],
];

const UNKNOWN: [ecosystem: string, version: string][] = [
  ['npm', 'latest'],
  ['npm', 'git+ssh://git@example.com/a/b.git'],
  ['npm', `1.0.0-${'a'.repeat(500)}`],
  ['Go', 'main'],
  ['PyPI', '2004d-final'],
  ['PyPI', '1.99999999999999999999'],
  ['Maven', '${project.version}'],
  ['Maven', ''],
  ['RubyGems', ''],
  ['RubyGems', '1_0'],
  ['NuGet', '[1.0,2.0)'],
  ['Packagist', 'dev-main'],
  ['GitHub Actions', '8e5e7e5ab8b370d6c329ec480221332ada57f0ab'],
];

describe('versions', () => {
  it.each(RISING)('of %s are ordered as in %s', (ecosystem, _, versions) => {
    const order = orderOfEcosystem(ecosystem)!;
    for (const [i, low] of versions.entries()) {
      expect([low, order.compare(low, low)]).toEqual([low, 0]);
      for (const high of versions.slice(i + 1)) {
        const found = [
          Math.sign(order.compare(low, high) ?? NaN),
          Math.sign(order.compare(high, low) ?? NaN),
        ];
        expect([low, high, ...found]).toEqual([low, high, -1, 1]);
      }
    }
  });

  it.each(EQUAL)('of %s that are the same: %s and %s', (ecosystem, a, b) => {
    expect(orderOfEcosystem(ecosystem)!.compare(a, b)).toBe(0);
  });

  it.each(UNKNOWN)(
    'of %s that cannot be compared: %s',
    (ecosystem, version) => {
      const order = orderOfEcosystem(ecosystem)!;
      expect(order.compare(version, '1.0.0')).toBeUndefined();
      expect(order.compare('1.0.0', version)).toBeUndefined();
    },
  );

  it('stand for all that begin with them where tags are moved', () => {
    const { span } = orderOfEcosystem('GitHub Actions')!;
    expect(span!('v4')).toEqual(['4.0.0', '4.999999999.999999999']);
    expect(span!('4.1')).toEqual(['4.1.0', '4.1.999999999']);
    expect(span!('v4.1.2')).toBeUndefined();
  });

  it('of an ecosystem that nobody knows have no order', () => {
    expect(orderOfEcosystem('constructor')).toBeUndefined();
    expect(orderOfEcosystem('Debian')).toBeUndefined();
  });
});
