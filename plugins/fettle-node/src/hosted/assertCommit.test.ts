import { assertCommit } from './assertCommit';

const location = {
  ...{ remote: 'https://h.example.com/a/b', name: 'a/b' },
  host: 'h.example.com',
};

it.each(['a'.repeat(40), '0'.repeat(64)])('takes %s', commit => {
  expect(() => assertCommit(location, commit)).not.toThrow();
});

it.each(['', 'main', 'A'.repeat(40), `${'a'.repeat(40)}\n`, '../x', '--help'])(
  'refuses %j',
  commit => {
    expect(() => assertCommit(location, commit)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringContaining(location.remote),
      }),
    );
  },
);
