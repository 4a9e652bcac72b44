import { ConfigReader } from '@backstage/config';
import { readGiteaConfig } from './readGiteaConfig';

const read = (gitea: object[], hosts: object[]) =>
  readGiteaConfig(
    new ConfigReader({ integrations: { gitea }, fettle: { gitea: { hosts } } }),
  );

it('takes the address and the credentials of the integration', () => {
  const found = read(
    [
      { host: 'codeberg.org', password: 'a-token' },
      {
        ...{ host: 'git.example.com', username: 'ada', password: 'secret' },
        baseUrl: 'https://git.example.com/forge/',
      },
      { host: 'git.internal:3000', baseUrl: 'http://10.0.0.7:3000' },
    ],
    [
      { host: 'Codeberg.org', organizations: ['payments', 'ada.l'] },
      { host: 'git.example.com' },
      { host: 'git.internal:3000', webhookSecret: ' s ' },
    ],
  );
  expect(found).toEqual([
    {
      ...{ host: 'codeberg.org', organizations: ['payments', 'ada.l'] },
      baseUrl: 'https://codeberg.org',
      webUrl: 'https://codeberg.org',
      headers: { authorization: 'token a-token' },
    },
    {
      ...{ host: 'git.example.com', organizations: [] },
      baseUrl: 'https://git.example.com/forge',
      webUrl: 'https://git.example.com/forge',
      headers: {
        authorization: `basic ${Buffer.from('ada:secret').toString('base64')}`,
      },
    },
    {
      ...{ host: 'git.internal:3000', organizations: [] },
      baseUrl: 'http://10.0.0.7:3000',
      webUrl: 'https://git.internal:3000',
      ...{ headers: {}, webhookSecret: 's' },
    },
  ]);
});

it.each<[object[], RegExp]>([
  [[{ host: 'x.org' }], /hosts\[0\]\.host': 'x\.org'.*integrations\.gitea/],
  [
    [{ host: 'a.org' }, { host: 'A.org' }],
    /hosts\[1\]\.host.*'a\.org' is there twice/,
  ],
  [
    [
      { host: 'a.org', webhookSecret: 'the same' },
      { host: 'b.org', webhookSecret: 'the same' },
    ],
    /hosts\[1\]\.webhookSecret.*has the secret of 'a\.org'/,
  ],
  [
    [{ host: 'a.org', organizations: ['a/b'] }],
    /hosts\[0\]\.organizations\[0\]'.*"a\/b"/,
  ],
  [[{ host: 'a.org', organizations: 7 }], /organizations\[0\]': 7 is not/],
  [[{ host: 'a.org', organizations: ['..'] }], /organizations\[0\]': ".."/],
])('config of %j stops the start', (hosts, message) => {
  const integrations = [{ host: 'a.org' }, { host: 'b.org' }];
  expect(() => read(integrations, hosts)).toThrow(message);
  expect(() => read(integrations, hosts)).not.toThrow(/the same/);
});
