import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { registries } from '../registries';
import type { RegistryKind } from '../RegistryKind';

/** A registry that is asked. */
export interface RegistrySettings {
  kind: RegistryKind;
  /** Without a slash at its end. */
  baseUrl: string;
  /** The header's value; undefined where no credentials are sent. */
  authorization?: string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Reads `fettle.registries`: those that are enabled. A bad value throws with its key, the value and what would be right. */
export function readRegistriesConfig(root: Config): RegistrySettings[] {
  const config = root.getOptionalConfig('fettle.registries');
  const known = registries.map(({ id }) => id);
  const unknown = config?.keys().find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `Invalid config at 'fettle.registries.${unknown}': there is no such registry. Use one of ${known.join(
        ', ',
      )}.`,
    );
  }
  return registries.flatMap(kind => {
    const own = config?.getOptionalConfig(kind.id);
    return own?.getOptionalBoolean('enabled') ? [read(own, kind)] : [];
  });
}

function read(config: Config, kind: RegistryKind): RegistrySettings {
  const key = `fettle.registries.${kind.id}`;
  const baseUrl = readAddress(
    config.getOptionalString('baseUrl') ?? kind.baseUrl,
    `${key}.baseUrl`,
  );
  const token = config.getOptionalString('token')?.trim();
  const username = config.getOptionalString('username');
  if (username !== undefined && !token) {
    throw new InputError(
      `Invalid config at '${key}.username': there is no '${key}.token' for '${username}'. Set it, or leave both out.`,
    );
  }
  if (!token) return { kind, baseUrl };
  const basic = Buffer.from(`${username}:${token}`).toString('base64');
  const own = kind.authorization?.(token) ?? `Bearer ${token}`;
  return {
    ...{ kind, baseUrl },
    authorization: username === undefined ? own : `Basic ${basic}`,
  };
}

/** What is read there says what to update to, so nobody on the way may change it. */
function readAddress(given: string, key: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const safe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  const plain = url && !url.username && !url.password && !url.search;
  if (!safe || !plain) {
    const shown = given.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
    throw new InputError(
      `Invalid config at '${key}': '${shown}' is no https address without credentials and query. Write for example 'https://registry.example.com/npm'.`,
    );
  }
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}
