import { ConfigReader } from '@backstage/config';
import { readSecretsConfig } from './readSecretsConfig';

const read = (secrets?: object) =>
  readSecretsConfig(new ConfigReader({ fettle: secrets ? { secrets } : {} }));

it('needs none', () => {
  expect(read()).toEqual({ rulesPath: undefined, allowPaths: [] });
});

it('reads what is there', () => {
  expect(
    read({ rules: './rules.toml', allowPaths: ['test/**', '*.{a,b}'] }),
  ).toEqual({ rulesPath: './rules.toml', allowPaths: ['test/**', '*.{a,b}'] });
});

it.each([' ', '/etc/**', '!a', '[a'])('refuses the glob %j', glob => {
  expect(() => read({ allowPaths: [glob] })).toThrow(
    /fettle\.secrets\.allowPaths has .* Use a glob/,
  );
});
