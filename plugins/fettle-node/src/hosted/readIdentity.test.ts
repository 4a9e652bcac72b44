import { mockServices } from '@backstage/backend-test-utils';
import { readIdentity } from './readIdentity';

const read = (identity: object) =>
  readIdentity(
    mockServices.rootConfig({
      data: { fettle: { automation: { identity } } },
    }),
  );

it('reads who writes commits, in any script', () => {
  expect(read({ name: 'Ferdi Özgür 機械', email: 'f@example.com' })).toEqual({
    ...{ name: 'Ferdi Özgür 機械', email: 'f@example.com' },
  });
  expect(read({})).toEqual({ name: 'Fettle', email: 'fettle@localhost' });
});

it.each(['a\nb', 'a\0', 'a <b>', '\u007f', ''])(
  'refuses the name %j, which would be more than a name in a commit',
  name => {
    expect(() => read({ name })).toThrow(
      "Invalid config at 'fettle.automation.identity.name'",
    );
  },
);
