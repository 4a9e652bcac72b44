import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Scan, Scanner } from 'backstage-plugin-fettle-node';
import picomatch from 'picomatch';
import type { RuleSet } from './rules/RuleSet';
import { Allowances } from './scan/Allowances';
import { scan, type SecretsOptions } from './scan/scanSecrets';

const MAX_FILE_BYTES = 1024 * 1024;

/** Written by people or for them, whatever they hold: to leave one out is worth a word. */
const CONFIGURATION =
  /(?:^|\/)\.env(?:\.[^/]*)?$|\.(?:env|ya?ml|properties|ini|conf|cfg|toml|tfvars|tfstate|pem|key)$/i;

/** Looks for secrets by these rules, in all files but those that match one of `allowPaths`. */
export function createSecretsScanner(
  rules: RuleSet,
  allowPaths: readonly string[] = [],
): Scanner & { scan: Scan } {
  const allowances = new Allowances(rules.allowlists);
  const isAllowed =
    allowPaths.length > 0
      ? picomatch([...allowPaths], { dot: true })
      : () => false;
  const options: SecretsOptions = { rules, allowPaths };
  return {
    id: 'secrets',
    title: 'Secrets',
    version: 1,
    finds: ['secret'],
    // What was pushed once is known, also where it is gone from the files.
    history: true,
    maxFileBytes: MAX_FILE_BYTES,
    wants: ({ path, type }) =>
      type === 'file' && !isAllowed(path) && !allowances.allowFile(path),
    mayBeData: ({ path }) => !CONFIGURATION.test(path),
    program: resolvePackagePath(
      'backstage-plugin-fettle-backend-module-secrets',
      __filename.endsWith('.ts')
        ? 'src/scan/scanSecrets.ts'
        : 'dist/scan/scanSecrets.cjs.js',
    ),
    options,
    // The process of a scan loads it by its path. The build drops what nothing uses, so it is used here.
    scan,
  };
}
