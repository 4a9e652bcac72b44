import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { canonicalRemote } from '../event/canonicalRemote';

/** Who may send CDEvents, and what it may speak of. */
export interface Sender {
  id: string;
  proof: { secret: string } | { token: string };
  /** Beginnings of canonical remotes; undefined for any. */
  repositories?: string[];
  /** What events are about that name no repository. */
  repository?: string;
  control?: { baseUrl: string; token: string };
}

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Reads `fettle.cdevents`; a bad value throws with its key, the value and what would be right. */
export function readCdeventsConfig(root: Config): Sender[] {
  const senders = root.getOptionalConfigArray('fettle.cdevents.senders') ?? [];
  const ids = new Set<string>();
  return senders.map((config, index) => {
    const key = `fettle.cdevents.senders[${index}]`;
    const id = config.getString('id');
    if (!ID.test(id)) {
      throw new InputError(
        `Invalid config at '${key}.id': '${id}' is not a name of lower case letters, digits and dashes.`,
      );
    }
    if (ids.has(id)) {
      throw new InputError(
        `Invalid config at '${key}.id': two senders are called '${id}'. Give each its own name.`,
      );
    }
    ids.add(id);
    const repository = config.getOptionalString('repository');
    return {
      id,
      proof: readProof(config, key),
      repositories: config
        .getOptionalStringArray('repositories')
        ?.map(remote => remoteAt(remote, `${key}.repositories`)),
      repository: repository && remoteAt(repository, `${key}.repository`),
      control: readControl(config.getOptionalConfig('control'), key),
    };
  });
}

function readProof(config: Config, key: string): Sender['proof'] {
  const secret = config.getOptionalString('secret');
  const token = config.getOptionalString('token');
  if (Boolean(secret) === Boolean(token)) {
    throw new InputError(
      `Invalid config at '${key}': give either 'secret' (a signature over the body) or 'token' (a bearer token), not ${
        secret ? 'both' : 'neither'
      }.`,
    );
  }
  // Files that hold a secret usually end with a line break.
  return secret ? { secret: secret.trim() } : { token: token!.trim() };
}

function readControl(config: Config | undefined, key: string) {
  if (!config) return undefined;
  const baseUrl = config.getString('baseUrl').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/@]+(\/|$)/.test(baseUrl)) {
    throw new InputError(
      `Invalid config at '${key}.control.baseUrl': '${baseUrl}' is not an http or https address without credentials.`,
    );
  }
  return { baseUrl, token: config.getString('token').trim() };
}

function remoteAt(remote: string, key: string): string {
  const canonical = canonicalRemote(remote);
  if (!canonical) {
    throw new InputError(
      `Invalid config at '${key}': '${remote}' is not the address of a repository. Write for example https://git.example.com/payments/ledger.`,
    );
  }
  return canonical;
}
