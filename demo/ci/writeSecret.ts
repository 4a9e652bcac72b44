import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the secret that the CI and the portal share, once. */
export function writeSecret(demoDir: string): void {
  const file = join(demoDir, 'ci', 'secret');
  if (existsSync(file)) return;
  mkdirSync(join(demoDir, 'ci'), { recursive: true });
  writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
}
