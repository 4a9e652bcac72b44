import { parseRepositoryAddress } from './parseRepositoryAddress';

it.each<[string, string, string[], string]>([
  ['https://git.example.com/a/b.git/', 'git.example.com', ['a', 'b.git'], ''],
  ['HTTP://Git.Example.com:8080/a', 'git.example.com:8080', ['a'], ''],
  [' https://h.example.com/a//b#x//y/ ', 'h.example.com', ['a', 'b'], 'x/y'],
  ['https://h.example.com/a/b%20c?d=e', 'h.example.com', ['a', 'b c'], ''],
  ['git@H.example.com:a/b', 'h.example.com', ['a', 'b'], ''],
  ['ssh://git@h.example.com:22/a/b', 'h.example.com:22', ['a', 'b'], ''],
])('reads %j', (value, host, parts, folder) => {
  expect(parseRepositoryAddress(value)).toEqual({ host, parts, folder });
});

it.each(['/srv/git/a', 'a/b', 'file:///srv/a', 'ext::sh -c x', 'https://', ''])(
  'does not take %j for an address on a host',
  value => {
    expect(parseRepositoryAddress(value)).toBeUndefined();
  },
);

it.each([
  ['https://me:secret@h.example.com/a/b', /credential/],
  ['https://secret@h.example.com/a/b', /credential/],
  ['ssh://git:secret@h.example.com/a/b', /credential/],
  ['https://h.example.com/', /names no repository/],
  ['https://h.example.com/a%2f..%2f..%2fb', /names no repository/],
  ['https://h.example.com/a/%00', /names no repository/],
  ['https://h.example.com/a/b#../c', /its folder/],
  ['https://h.example.com/%zz/b', /broken % escape/],
])('says what is wrong with %j', (value, problem) => {
  const found = parseRepositoryAddress(value);
  expect(found).toEqual({
    host: 'h.example.com',
    problem: expect.stringMatching(problem),
  });
  expect(JSON.stringify(found)).not.toContain('secret');
});
