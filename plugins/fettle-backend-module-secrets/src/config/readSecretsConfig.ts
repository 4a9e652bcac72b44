import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import picomatch from 'picomatch';

/** What `fettle.secrets` says. */
export interface SecretsConfig {
  /** Undefined for the rules that come with the module. */
  rulesPath?: string;
  allowPaths: readonly string[];
}

/** @throws InputError for a value that cannot be used */
export function readSecretsConfig(config: Config): SecretsConfig {
  const own = config.getOptionalConfig('fettle.secrets');
  const allowPaths = own?.getOptionalStringArray('allowPaths') ?? [];
  for (const glob of allowPaths) assertGlob(glob);
  return { rulesPath: own?.getOptionalString('rules'), allowPaths };
}

function assertGlob(glob: string): void {
  const what = `fettle.secrets.allowPaths has '${glob}'`;
  const right = 'Use a glob from the root of a repository, for example test/**';
  if (glob.trim() === '' || glob.startsWith('/') || glob.startsWith('!')) {
    throw new InputError(`${what}, which no path can match. ${right}`);
  }
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new InputError(`${what}, which is no glob: ${told}. ${right}`);
  }
}
