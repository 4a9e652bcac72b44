import { readVersionRange } from './readVersionRange';

// What OSV calls an ecosystem.
const ACTIONS = ['Git', 'Hub Actions'].join('');

it.each<[string, string, string | null, boolean | null]>([
  ['npm', '>=1.2 <2', '1.2.0', true],
  ['npm', '>=1.2 <2', '1.10.3', true],
  ['npm', '>=1.2 <2', '2.0.0', false],
  ['npm', '>= 1.2, < 2', '1.1.9', false],
  ['npm', '>1.2.0', '1.2.0', false],
  ['npm', '<=1.2.0', '1.2.0', true],
  ['npm', '1.2', '1.2.0', true],
  ['npm', '=1.2', '1.2.1', false],
  ['npm', '<1 || >=3', '3.1.0', true],
  ['npm', '<1 || >=3', '2.0.0', false],
  ['npm', '<2', '2.0.0-rc.1', true],
  ['npm', '<2', null, null],
  ['npm', '<2', 'git+https://example.com/x', null],
  ['PyPI', '==1.0', '1.0.0', true],
  ['PyPI', '>=2.0', '1!1.0', true],
  ['Maven', '>=2.0-beta9 <2.15.0', '2.14.1', true],
  ['Maven', '>=2.0-beta9 <2.15.0', '2.15.0', false],
  // Nobody here knows its order; a text is still itself.
  ['Debian', '<2', '1.0', null],
  ['Debian', '<=1:2.0', '1:2.0', true],
  // Any 4.x: some of them are in the range, and some are not.
  [ACTIONS, '>=4', 'v4', true],
  [ACTIONS, '>=4.2', 'v4', null],
  [ACTIONS, '>=5', 'v4', false],
  [ACTIONS, '=v4', 'v4', true],
])('%s %s holds %p: %p', (ecosystem, range, version, answer) => {
  expect(readVersionRange(ecosystem, range)(version)).toBe(answer);
});

it.each(['^1.2', '>=', '|| 1', '1 ||', '<2 >', 'latest', '>=1.2 <<2'])(
  'refuses %s',
  text => {
    expect(() => readVersionRange('npm', text)).toThrow("'>=1.2 <2'");
  },
);
