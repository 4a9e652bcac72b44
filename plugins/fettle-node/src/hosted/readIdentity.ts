import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * Who Fettle is where it writes commits.
 *
 * @public
 */
export interface AutomationIdentity {
  name: string;
  email: string;
  /** Signs commits that Fettle makes with git itself. */
  signing?: {
    format: 'ssh' | 'openpgp';
    /** The file of a private key (ssh), or the id of a key (openpgp). */
    key: string;
  };
}

const PLAIN = /^[^\p{Cc}<>]+$/u;

/**
 * Reads `fettle.automation.identity`. A bad value throws with its key, the
 * value and what would be right.
 *
 * @public
 */
export function readIdentity(root: RootConfigService): AutomationIdentity {
  const prefix = 'fettle.automation.identity';
  const config = root.getOptionalConfig(prefix);
  const text = (key: string, right: RegExp, example: string) => {
    const value = config?.getOptional(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && right.test(value)) return value;
    throw new InputError(
      `Invalid config at '${prefix}.${key}': ${JSON.stringify(
        value,
      )} cannot be used. Write for example '${example}'.`,
    );
  };
  const key = text('signingKey', PLAIN, '/etc/fettle/signing_key');
  const format = text('signingFormat', /^(ssh|openpgp)$/, 'ssh') ?? 'ssh';
  return {
    name: text('name', PLAIN, 'Fettle') ?? 'Fettle',
    email:
      text('email', /^[^\s<>@]+@[^\s<>@]+$/, 'fettle@example.com') ??
      'fettle@localhost',
    ...(key ? { signing: { key, format: format as 'ssh' | 'openpgp' } } : {}),
  };
}
