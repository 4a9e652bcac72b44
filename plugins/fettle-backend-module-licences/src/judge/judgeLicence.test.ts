import { fits } from './fits';
import { isLicence } from './isLicence';
import { judgeLicence } from './judgeLicence';

const lists = {
  allow: [
    'MIT',
    'Apache-2.0',
    'BSD-*',
    'GPL-2.0-only WITH Classpath-exception-2.0',
  ],
  deny: ['GPL-*', 'BSD-4-Clause', 'UNLICENSED'],
};

it.each<[string | null, string, string[]?]>([
  ['MIT', 'fine'],
  ['mit', 'unknown'],
  ['BSD-3-Clause', 'fine'],
  ['BSD-4-Clause', 'denied', ['BSD-4-Clause']],
  ['GPL-3.0', 'denied', ['GPL-3.0']],
  ['GPL-3.0+', 'denied', ['GPL-3.0']],
  ['GPL-3.0-or-later', 'denied', ['GPL-3.0-or-later']],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'fine'],
  [
    'GPL-3.0-only WITH Classpath-exception-2.0',
    'denied',
    ['GPL-3.0-only WITH Classpath-exception-2.0'],
  ],
  ['MIT OR GPL-3.0-only', 'fine'],
  ['(MIT OR GPL-3.0-only)', 'fine'],
  ['MIT AND GPL-3.0-only', 'denied', ['GPL-3.0-only']],
  ['(MIT OR GPL-3.0-only) AND Apache-2.0', 'fine'],
  ['MPL-2.0', 'not-allowed', ['MPL-2.0']],
  ['MPL-2.0 OR GPL-3.0-only', 'denied', ['MPL-2.0', 'GPL-3.0-only']],
  ['MPL-2.0 AND ISC', 'not-allowed', ['MPL-2.0', 'ISC']],
  ['LicenseRef-acme', 'not-allowed', ['LicenseRef-acme']],
  ['UNLICENSED', 'denied', ['UNLICENSED']],
  ['Unlicense', 'not-allowed', ['Unlicense']],
  ['MIT License', 'unknown'],
  ['SEE LICENSE IN LICENSE.md', 'unknown'],
  ['__proto__', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
])('judges %s', (...[licence, is, because]) => {
  expect(judgeLicence(licence, lists)).toEqual({
    ...{ is },
    ...(because ? { because } : {}),
  });
});

it('does not read what is too long for a licence', () => {
  const long = `MIT${' OR MIT'.repeat(1_000)}`;
  expect(judgeLicence(long, lists).is).toBe('unknown');
});

it('lets everything be that is not denied where there is no list of what is allowed', () => {
  const open = { allow: null, deny: ['AGPL-*'] };
  expect(judgeLicence('WTFPL', open).is).toBe('fine');
  expect(judgeLicence('AGPL-3.0-only', open).is).toBe('denied');
});

it.each<[string, string, boolean]>([
  ['GPL-3.0-only', 'gpl-3.0-only', true],
  ['LGPL-3.0-only', 'GPL-*', false],
  ['GPL-3.0-only', '*-only', true],
  ['GPL-3.0-only', 'GPL-*-or-later', false],
  ['aXa', 'a*a', true],
  ['a', 'a*a', false],
])('%s fits %s: %s', (id, meant, does) => {
  expect(fits(id, meant)).toBe(does);
});

it.each<[string, boolean]>([
  ['MIT', true],
  ['GPL-3.0', true],
  ['BSD-*', true],
  ['XYZ-*', false],
  ['MIT OR ISC', false],
  ['LicenseRef-acme', true],
  ['MIT License', false],
])('%s can stand in a list: %s', (value, can) => {
  expect(isLicence(value)).toBe(can);
});
