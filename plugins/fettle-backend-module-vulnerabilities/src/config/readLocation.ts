import { InputError } from '@backstage/errors';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where something is imported from. */
export type Location =
  | { kind: 'file'; path: string }
  | { kind: 'url'; url: string };

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Reads an https address, a file address or an absolute path. */
export function readLocation(given: string, key: string): Location {
  const value = given.trim();
  if (isAbsolute(value)) return { kind: 'file', path: resolve(value) };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'file:') {
    return { kind: 'file', path: fileURLToPath(url) };
  }
  if (!url || !isAllowed(url)) {
    throw new InputError(
      `Invalid config at '${key}': '${shown(
        value,
      )}' is neither an https address without credentials nor an absolute path.`,
    );
  }
  url.hash = '';
  return { kind: 'url', url: url.toString().replace(/\/+$/, '') };
}

/** Whether it may be asked: what is read decides what counts as safe, so nobody on the way may change it. */
export function isAllowed(url: URL): boolean {
  const safe =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  return safe && !url.username && !url.password;
}

function shown(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
}
