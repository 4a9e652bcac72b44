import type { Behind } from 'backstage-plugin-fettle-common';
import { stepsBehind } from './stepsBehind';

it.each<[string, string | null, string, Behind['step'] | null, number]>([
  ['npm', '1.2.3', '1.2.3', 'none', 0],
  ['npm', '4.0.0-rc.1', '3.9.0', 'none', 0],
  ['npm', '1.2.3', '4.0.0', 'major', 3],
  ['npm', '1.2.3', '1.10.0', 'minor', 8],
  ['npm', '1.2.3', '1.2.10', 'patch', 7],
  ['npm', '2.0.0-rc.1', '2.0.0', 'newer', 0],
  ['npm', 'git+https://example.com/x', '2.0.0', null, 0],
  ['npm', null, '2.0.0', null, 0],
  ['Go', '1.2.3', '1.3.0', 'minor', 1],
  ['PyPI', '1.0', '1.0.0', 'none', 0],
  ['PyPI', '1.0', '2.0', 'newer', 0],
  ['PyPI', '9.0.0', '1!1.0.0', 'newer', 0],
  ['Maven', '31.0.1-jre', '33.0.0-jre', 'major', 2],
  ['NuGet', '1.2.3.4', '1.2.3.5', 'newer', 0],
  ['Packagist', 'v1.2.3', '1.2.4', 'patch', 1],
  ['RubyGems', '7.0', '7.1', 'newer', 0],
  ['Debian', '1.0.0', '2.0.0', null, 0],
])('%s %p behind %s: %p %i', (ecosystem, version, newest, step, by) => {
  expect(stepsBehind(ecosystem, version, newest)).toEqual(step && { step, by });
});

it('takes a tag that moves for the newest version that it may stand for', () => {
  const ecosystem = ['Git', 'Hub Actions'].join('');
  expect(stepsBehind(ecosystem, 'v4', '4.2.0')?.step).toBe('none');
  expect(stepsBehind(ecosystem, 'v3', '4.2.0')?.step).toBe('newer');
});
