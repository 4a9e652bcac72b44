import { ConfigReader } from '@backstage/config';
import { readGitlabConfig } from './readGitlabConfig';

const integrations = {
  gitlab: [
    { host: 'gitlab.com', token: 'secret' },
    {
      ...{ host: 'git.example.com', baseUrl: 'https://git.example.com/lab/' },
      apiBaseUrl: 'https://git.example.com/lab/api/v4',
    },
  ],
};
const read = (hosts?: object[], given: object = integrations) =>
  readGitlabConfig(
    new ConfigReader({
      integrations: given,
      fettle: { gitlab: { hosts } },
    } as any),
  );

it('reads hosts with their addresses and what tells who asks', () => {
  const [first, second] = read([
    { host: 'gitlab.com', webhookToken: 'one', groups: ['acme/pay'] },
    { host: 'git.example.com' },
  ]);
  expect(first).toEqual({
    ...{ host: 'gitlab.com', webUrl: 'https://gitlab.com' },
    restUrl: 'https://gitlab.com/api/v4',
    graphqlUrl: 'https://gitlab.com/api/graphql',
    headers: { authorization: 'Bearer secret' },
    ...{ webhookToken: 'one', signingToken: undefined, groups: ['acme/pay'] },
  });
  expect(second).toMatchObject({
    graphqlUrl: 'https://git.example.com/lab/api/graphql',
    ...{ webUrl: 'https://git.example.com/lab', headers: {}, groups: [] },
  });
});

it('asks nothing of integrations without hosts', () => {
  expect(read(undefined, { gitlab: [{ host: 'no url' }] })).toEqual([]);
});

it.each<[string, object[], RegExp]>([
  [
    'an unknown host',
    [{ host: 'x.org' }],
    /hosts\[0\]\.host.*'x\.org'.*integrations\.gitlab/,
  ],
  [
    'a host twice',
    [{ host: 'gitlab.com' }, { host: 'GitLab.com' }],
    /hosts\[1\]\.host.*twice/,
  ],
  [
    'a shared token',
    [
      { host: 'gitlab.com', webhookToken: 'same' },
      { host: 'git.example.com', webhookToken: 'same' },
    ],
    /hosts\[1\]\.webhookToken.*'gitlab\.com'.*its own/,
  ],
  [
    'no group',
    [{ host: 'gitlab.com', groups: ['a b'] }],
    /groups\[0\].*"a b".*acme\/payments/,
  ],
  [
    'no signing token',
    [{ host: 'gitlab.com', signingToken: 'x' }],
    /signingToken.*whsec_/,
  ],
])('refuses %s with its key and what would be right', (_, hosts, message) => {
  expect(() => read(hosts)).toThrow(message);
});

it('refuses an address that is not that of its API', () => {
  const gitlab = [{ host: 'x.org', apiBaseUrl: 'https://x.org/api' }];
  expect(() => read([{ host: 'x.org' }], { gitlab })).toThrow(
    /'https:\/\/x\.org\/api' is not the address.*\/api\/v4/,
  );
});
