import { RegistryServer } from '../testing/RegistryServer';
import { crates } from './crates';
import { go } from './go';
import { npm } from './npm';
import { nuget } from './nuget';

const { signal } = new AbortController();
let server: RegistryServer;
beforeEach(async () => {
  server = await RegistryServer.start();
});
afterEach(() => server.stop());

it('asks npm for the short form where the long one is too long', async () => {
  server.answer('big', response => {
    const short = /install-v1/.test(String(server.headers.at(-1)?.accept));
    const readme = short ? '' : 'x'.repeat(20_000);
    response.end(JSON.stringify({ versions: { '1.0.0': {} }, readme }));
  });
  const source = server.source(npm, { limits: { maxBytes: 10_000 } });
  const releases = await source.releases(
    { ecosystem: 'npm', name: 'big' },
    { signal },
  );
  expect(releases.map(({ version }) => version)).toEqual(['1.0.0']);
  expect(server.asked).toEqual(['/base/big', '/base/big']);
});

it('knows that what was unpublished from npm has no versions', async () => {
  server.answer('gone', {
    name: 'gone',
    time: { created: '2020-01-01T00:00:00Z', unpublished: { versions: [] } },
  });
  const asked = { ecosystem: 'npm', name: 'gone' };
  expect(await server.source(npm).releases(asked, { signal })).toEqual([]);
});

it.each([
  ['a', '1/a'],
  ['ab', '2/ab'],
  ['abc', '3/a/abc'],
  ['ABCD', 'ab/cd/abcd'],
])('finds the crate %s at %s', async (name, path) => {
  server.answer(path, JSON.stringify({ vers: '1.0.0', yanked: false }));
  const asked = { ecosystem: 'crates.io', name };
  expect(await server.source(crates).releases(asked, { signal })).toMatchObject(
    [{ version: '1.0.0' }],
  );
});

it('takes a Go version whose time the proxy does not know', async () => {
  server.answer('example.com/x/@v/list', 'v1.0.0\n');
  const asked = { ecosystem: 'Go', name: 'example.com/x' };
  expect(await server.source(go).releases(asked, { signal })).toEqual([
    { version: '1.0.0' },
  ]);
  server.answer('example.com/x/@v/list', '');
  expect(await server.source(go).releases(asked, { signal })).toEqual([]);
});

it('reads the pages of NuGet, none of which lies elsewhere', async () => {
  const pageAt = (id: string) => ({ items: [{ '@id': id }] });
  const asked = { ecosystem: 'NuGet', name: 'X' };
  server.answer('x/index.json', pageAt(`${server.baseUrl}/x/page/1.json`));
  server.answer('x/page/1.json', {
    items: [{ catalogEntry: { version: '1.0.0' } }],
  });
  const source = server.source(nuget);
  expect(await source.releases(asked, { signal })).toMatchObject([
    { version: '1.0.0' },
  ]);
  const other = await RegistryServer.start();
  for (const address of [`${other.baseUrl}/x`, 'file:///etc/passwd']) {
    server.answer('x/index.json', pageAt(address));
    await expect(source.releases(asked, { signal })).rejects.toMatchObject({
      code: 'corrupt',
    });
  }
  expect(other.asked).toEqual([]);
  await other.stop();
  const many = Array(51).fill({ '@id': `${server.baseUrl}/x/page/1.json` });
  server.answer('x/index.json', { items: many });
  await expect(source.releases(asked, { signal })).rejects.toMatchObject({
    code: 'too-large',
  });
});
