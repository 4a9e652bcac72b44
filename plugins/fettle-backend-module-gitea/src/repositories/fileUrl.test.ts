import { sourceFor } from '../testing/sourceFor';

const COMMIT = '3f2c1ab0'.repeat(5);
const { source } = sourceFor({
  name: 'gitea.example.com',
  url: 'https://gitea.example.com/forge',
});
const at = (remote: string, path: string, line?: number) =>
  source.fileUrl(
    { remote, name: 'pay/ledger', host: 'gitea.example.com' },
    ...([COMMIT, path, { line }] as const),
  );

afterAll(() => source.close());

it.each<[string, number | undefined, string]>([
  ['.gitea/ci.yml', 14, '.gitea/ci.yml#L14'],
  ['a b/main.ts', undefined, 'a%20b/main.ts'],
  // Lines have a place only where the file is not rendered.
  ['README.md', 41, 'README.md?display=source#L41'],
  ['README.md', undefined, 'README.md'],
])('addresses %s at line %s as the host does', (path, line, expected) => {
  const remote = 'https://gitea.example.com/forge/pay/ledger';
  expect(at(remote, path, line)).toBe(
    `${remote}/src/commit/${COMMIT}/${expected}`,
  );
});

it('has no page on a host that it does not read', () => {
  expect(at('https://example.com/pay/ledger', 'a.ts')).toBeUndefined();
});
