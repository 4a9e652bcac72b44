import path from 'node:path';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ConfigReader } from '@backstage/config';
import { readGitConfig } from './readGitConfig';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fettle-config-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function read(git: unknown, cwd = root) {
  return readGitConfig(new ConfigReader({ fettle: { git } } as object), {
    cwd,
  });
}

it('needs no config', () => {
  expect(readGitConfig(new ConfigReader({}), { cwd: root })).toEqual({
    repositories: [],
    allowedFolders: [],
    allowedHosts: [],
    cacheDir: path.join(tmpdir(), 'fettle-git-cache'),
    projectFolder: root,
    concurrency: 8,
    hostConcurrency: 4,
    checkTimeoutMs: 30_000,
    fetchTimeoutMs: 600_000,
    maxMirrorBytes: 10 * 1024 ** 3,
    maxFiles: 500_000,
  });
});

it('finds relative folders in the working directory, then in the project', () => {
  writeFileSync(path.join(root, 'backstage.json'), '{}');
  const cwd = path.join(root, 'packages/backend');
  mkdirSync(path.join(cwd, 'here'), { recursive: true });
  const { repositories, cacheDir } = read(
    { repositories: ['./here', '.fettle/demo'], cacheDir: '.fettle/cache' },
    cwd,
  );
  expect(repositories).toEqual([
    { where: expect.any(String), folder: path.join(cwd, 'here') },
    {
      where: 'fettle.git.repositories[1]: .fettle/demo',
      folder: path.join(root, '.fettle/demo'),
    },
  ]);
  expect(cacheDir).toBe(path.join(root, '.fettle/cache'));
});

it('reads durations, counts and hosts', () => {
  expect(
    read({
      checkTimeout: '300ms',
      fetchTimeout: { minutes: 2 },
      concurrency: '3',
      allowedHosts: ['Git.example.com', 'http://10.0.0.1:3000'],
    }),
  ).toMatchObject({
    checkTimeoutMs: 300,
    fetchTimeoutMs: 120_000,
    concurrency: 3,
    allowedHosts: [
      { protocol: 'https', host: 'git.example.com' },
      { protocol: 'http', host: '10.0.0.1:3000' },
    ],
  });
});

it.each([
  [{ repositories: 'x' }, /fettle\.git\.repositories: "x".*a list/],
  [{ repositories: [7] }, /repositories\[0\]: 7.*a remote such as/],
  [{ repositories: ['a', ''] }, /repositories\[1\]: "".*a remote such as/],
  [{ repositories: ['ext::sh -c x'] }, /ext::sh.*program|white space/],
  [{ repositories: ['--upload-pack=x'] }, /--upload-pack=x.*dash/],
  [{ repositories: ['ftp://a.example.com/b'] }, /the protocol ftp/],
  [{ repositories: ['https://git.example.com'] }, /names no repository/],
  [{ allowedHosts: ['https://a.example.com/x'] }, /allowedHosts\[0\].*a host/],
  [{ allowedFolders: {} }, /allowedFolders: \{\}.*a list/],
  [{ concurrency: 0 }, /concurrency: 0.*whole number/],
  [{ maxFiles: 'many' }, /maxFiles: "many".*whole number/],
  [{ checkTimeout: 'soon' }, /checkTimeout: "soon".*a duration/],
  [{ cacheDir: 5 }, /cacheDir: 5.*a folder/],
])('stops the start for %j, saying what would be right', (git, message) => {
  expect(() => read(git)).toThrow(message);
});

it('repeats no credential', () => {
  expect(() =>
    read({ repositories: ['ftp://ada:pa55@git.example.com/x'] }),
  ).toThrow(
    expect.not.objectContaining({ message: expect.stringMatching('pa55') }),
  );
});
