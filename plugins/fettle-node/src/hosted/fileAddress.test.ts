import { fileAddress } from './fileAddress';

const COMMIT = 'a'.repeat(40);

it.each<[string, Parameters<typeof fileAddress>[2], string]>([
  ['ci.yml', undefined, 'ci.yml'],
  ['a/b.ts', { line: 14 }, 'a/b.ts#L14'],
  ['a b/ä#?%.ts', { line: 1 }, 'a%20b/%C3%A4%23%3F%25.ts#L1'],
  ['.hidden/..x/...', undefined, '.hidden/..x/...'],
  ['README.md', { line: 41, asSource: 'plain=1' }, 'README.md?plain=1#L41'],
  ['README.md', { asSource: 'plain=1' }, 'README.md'],
  ['main.go', { line: 2, asSource: 'plain=1' }, 'main.go#L2'],
])('addresses %s with %j', (path, options, expected) => {
  expect(fileAddress(COMMIT, path, options)).toBe(`${COMMIT}/${expected}`);
});

it.each([
  ...['', '/etc/passwd', 'a//b', 'a/', './a', 'a/../../b', '..'],
  ...['caf\\xe9.txt', 'a\0b', `a${String.fromCharCode(0xd800)}b`],
])('has no address for the path %j', path => {
  expect(fileAddress(COMMIT, path)).toBeUndefined();
});

it.each(['', 'main', 'a'.repeat(7), `${COMMIT}\n`, '../../x'])(
  'has no address at the commit %j',
  commit => {
    expect(fileAddress(commit, 'a.ts')).toBeUndefined();
  },
);
