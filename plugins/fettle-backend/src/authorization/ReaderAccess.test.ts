import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { repositoryRefreshPermission } from 'backstage-plugin-fettle-common';
import { ReaderAccess } from './ReaderAccess';

const entity = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
});

function harness(
  fettle: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  catalogRead: AuthorizeResult,
) {
  const permissions = mockServices.permissions.mock({
    authorize: async requests => requests.map(() => ({ result: fettle })),
    authorizeConditional: async requests =>
      requests.map(() => ({ result: catalogRead } as any)),
  });
  const catalog = catalogServiceMock({
    entities: [entity('a'), entity('b')],
  });
  const ask = jest.spyOn(catalog, 'streamEntities');
  let now = 0;
  return {
    ask,
    permissions,
    pass: (ms: number) => {
      now += ms;
    },
    access: new ReaderAccess({
      permissions,
      catalog,
      clock: () => new Date(now),
    }),
  };
}

const ada = mockCredentials.user('user:default/ada');
const bob = mockCredentials.user('user:default/bob');

describe('ReaderAccess', () => {
  it('refuses without the permission, and names it', async () => {
    const { access } = harness(AuthorizeResult.DENY, AuthorizeResult.ALLOW);
    await expect(access.visibility(ada)).rejects.toThrow(
      "This needs the permission 'fettle.repository.read'",
    );
    await expect(
      access.require(repositoryRefreshPermission, ada),
    ).rejects.toThrow("'fettle.repository.refresh'");
  });

  it('does not ask the catalog when the answer is the same for every entity', async () => {
    const all = harness(AuthorizeResult.ALLOW, AuthorizeResult.ALLOW);
    expect(await all.access.visibility(ada)).toBe('everything');
    const none = harness(AuthorizeResult.ALLOW, AuthorizeResult.DENY);
    expect(await none.access.visibility(ada)).toEqual({
      entityRefs: new Set(),
    });
    expect(all.ask).not.toHaveBeenCalled();
    expect(none.ask).not.toHaveBeenCalled();
  });

  it('shows what the catalog shows this reader, asked anew after a while and for each reader', async () => {
    const { access, ask, pass } = harness(
      AuthorizeResult.ALLOW,
      AuthorizeResult.CONDITIONAL,
    );
    const seen = {
      entityRefs: new Set(['component:default/a', 'component:default/b']),
    };
    expect(await access.visibility(ada)).toEqual(seen);
    expect(await access.visibility(ada)).toEqual(seen);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask.mock.calls[0][1]).toEqual({ credentials: ada });
    await access.visibility(bob);
    expect(ask).toHaveBeenCalledTimes(2);
    pass(15_001);
    await access.visibility(ada);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('asks the permission backend once for what is asked at the same moment, and remembers nothing', async () => {
    const { access, permissions } = harness(
      AuthorizeResult.ALLOW,
      AuthorizeResult.ALLOW,
    );
    await Promise.all([
      access.visibility(ada),
      access.visibility(mockCredentials.user('user:default/ada')),
      access.allows(repositoryRefreshPermission, ada),
    ]);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(1);
    expect(permissions.authorize).toHaveBeenCalledTimes(2);

    permissions.authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    await expect(access.visibility(ada)).rejects.toThrow(
      'needs the permission',
    );
  });

  it('never gives a reader what another was told', async () => {
    const { access, permissions } = harness(
      AuthorizeResult.ALLOW,
      AuthorizeResult.ALLOW,
    );
    permissions.authorizeConditional.mockImplementation(
      async (_, { credentials }: any) => [
        {
          result:
            credentials.principal === ada.principal
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        },
      ],
    );
    const seen = await Promise.all([
      access.visibility(ada),
      access.visibility(bob),
      access.visibility(mockCredentials.service('plugin:jobs')),
    ]);
    expect(seen).toEqual([
      'everything',
      { entityRefs: new Set() },
      { entityRefs: new Set() },
    ]);
  });

  it('does not remember that the permission backend failed', async () => {
    const { access, permissions } = harness(
      AuthorizeResult.ALLOW,
      AuthorizeResult.ALLOW,
    );
    permissions.authorize.mockRejectedValueOnce(new Error('it is down'));
    await expect(access.visibility(ada)).rejects.toThrow('it is down');
    await expect(access.visibility(ada)).resolves.toBe('everything');
  });

  it('does not remember that the catalog failed', async () => {
    const { access, ask } = harness(
      AuthorizeResult.ALLOW,
      AuthorizeResult.CONDITIONAL,
    );
    ask.mockImplementationOnce(() => {
      throw new Error('catalog is down');
    });
    await expect(access.visibility(ada)).rejects.toThrow('catalog is down');
    await expect(access.visibility(ada)).resolves.toBeDefined();
  });
});
