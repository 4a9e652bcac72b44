import { InputError } from '@backstage/errors';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An address from config, without a slash at its end. What is read there is trusted, so nobody on the way may change it. */
export function readAddress(given: string, key: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const safe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  const plain = url && !url.username && !url.password && !url.hash;
  if (!safe || !plain) {
    const shown = given.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
    throw new InputError(
      `Invalid config at '${key}': '${shown}' is no https address without credentials. Write for example 'https://registry.example.com'.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
