import type { Credentials, DependencyConfig } from '../../config/StepsConfig';

const PUBLIC = 'https://registry.npmjs.org';

/** The text of an `.npmrc` with the registries of Fettle's own config. */
export function npmrc(config: DependencyConfig): string {
  const registry = config.registries.get('npm');
  if (!registry) return '';
  const all: [string, Credentials][] = [
    ['registry', registry],
    ...[...registry.scopes].map(([scope, one]): [string, Credentials] => [
      `${scope}:registry`,
      one,
    ]),
  ];
  return all
    .flatMap(([key, { baseUrl, username, token }]) => {
      const at = `//${baseUrl.replace(/^https?:\/\//, '')}/`;
      const basic = Buffer.from(`${username}:${token}`).toString('base64');
      return [
        `${key}=${baseUrl}/`,
        ...(token && !username ? [`${at}:_authToken=${token}`] : []),
        ...(token && username ? [`${at}:_auth=${basic}`] : []),
      ];
    })
    .join('\n');
}

/** What may be in no message. */
export function npmSecrets(config: DependencyConfig): string[] {
  const registry = config.registries.get('npm');
  return [registry, ...(registry?.scopes.values() ?? [])].flatMap(one =>
    one?.token
      ? [
          one.token,
          Buffer.from(`${one.username}:${one.token}`).toString('base64'),
        ]
      : [],
  );
}

/** Addresses in a lockfile that are of no registry in config: what they hold might be looked for elsewhere. */
export function foreignAddresses(
  text: string,
  config: DependencyConfig,
): string[] {
  const registry = config.registries.get('npm');
  const known = [
    ...[PUBLIC, 'https://registry.yarnpkg.com', registry?.baseUrl],
    ...[...(registry?.scopes.values() ?? [])].map(({ baseUrl }) => baseUrl),
  ];
  const isPublic = [undefined, PUBLIC].includes(registry?.baseUrl);
  const found =
    text.match(
      /\b(?:https?|ssh|git|git\+\w+):\/\/[^\s"')]+\.(?:tgz|tar\.gz|git)\b/g,
    ) ?? [];
  const foreign = found.filter(
    address => !known.some(one => one && address.startsWith(`${one}/`)),
  );
  const hosts = foreign.map(address =>
    URL.canParse(address) ? new URL(address).host : address.slice(0, 100),
  );
  return isPublic || foreign.length > 0 ? [...new Set(hosts)] : [];
}
