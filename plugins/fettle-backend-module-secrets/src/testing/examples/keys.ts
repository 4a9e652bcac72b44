import type { Example } from '../Example';
import { made } from '../made';

const BODY = [1, 2, 3].map(seed => made('base64', 64, seed)).join('\n');
/** Apart, so that this file holds no key. */
const begin = (what: string) => `-----${'BEGIN'} ${what}-----`;
const end = (what: string) => `-----${'END'} ${what}-----`;
const key = (what: string) => `${begin(what)}\n${BODY}\n${end(what)}\n`;
const jwt = (payload: string) =>
  `eyJ${made('letters', 30)}.eyJ${payload}.${made('letters', 43)}`;

export const KEYS: Record<string, Example> = {
  'private-key': {
    bad: [
      key('PRIVATE KEY'),
      key('RSA PRIVATE KEY'),
      key('OPENSSH PRIVATE KEY'),
      `const pem = "${key('EC PRIVATE KEY').replace(/\n/g, '\\n')}";`,
      key('RSA PRIVATE KEY').replace(/\n/g, '\r\n'),
    ],
    good: [
      key('PUBLIC KEY'),
      key('CERTIFICATE'),
      `${begin('PRIVATE KEY')}\n…\n${end('PRIVATE KEY')}`,
      begin('PRIVATE KEY'),
    ],
  },
  'encrypted-private-key': {
    bad: [key('ENCRYPTED PRIVATE KEY')],
    good: [begin('ENCRYPTED PRIVATE KEY')],
  },
  'pgp-private-key': {
    bad: [
      `${begin('PGP PRIVATE KEY BLOCK')}\n\n${BODY}\n=AbC1\n${end(
        'PGP PRIVATE KEY BLOCK',
      )}`,
    ],
    good: [key('PGP PUBLIC KEY BLOCK')],
  },
  'putty-private-key': {
    bad: [
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: a\nPublic-Lines: 1\n${made(
        'base64',
        64,
      )}\nPrivate-Lines: 1\n${made('base64', 64, 2)}\nPrivate-MAC: ${made(
        'hex',
        64,
      )}\n`,
    ],
    good: [
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nPrivate-Lines: 1\n${made(
        'base64',
        64,
      )}\nPrivate-MAC: a\n`,
    ],
  },
  jwt: {
    bad: [`const a = "${jwt(made('letters', 40))}";`],
    good: [`eyJ${made('letters', 40)}`, 'eyJhbGciOi.eyJzdWIi.short'],
  },
  'connection-string-password': {
    bad: [
      'postgres://app:kR4vq9-zT@db.internal:5432/app',
      'mongodb+srv://app:s3cr3tW0rd@cluster0.mongodb.net',
      'redis://:kR4vq9zT1@cache.internal',
      'jdbc:mysql://app:kR4vq9zT@db.internal/app',
    ],
    good: [
      'postgres://app:kR4vq9zT@localhost:5432/app',
      'postgres://postgres:postgres@db:5432/app',
      'postgres://${USER}:${PASSWORD}@db/app',
      'postgres://user:<password>@db/app',
      'postgres://db.internal:5432/app',
    ],
  },
  'url-password': {
    bad: [
      'https://deploy:kR4vq9zT1@git.internal/payments.git',
      'curl http://admin:kR4vq9zT1@10.0.0.5/metrics',
    ],
    good: [
      'https://user:password@host/path',
      'https://deploy:kR4vq9zT1@example.com/',
      'https://x-access-token:${TOKEN}@git.internal/a.git',
      'https://cdn.example.org:8443/a@b',
      'git@git.internal:payments/ledger.git',
    ],
  },
  'ado-connection-string-password': {
    bad: [
      'Server=tcp:db.internal,1433;User ID=app;Password=kR4vq9zT!;Encrypt=true',
    ],
    good: [
      'Server=localhost;User ID=app;Password=kR4vq9zT!',
      'Server=db.internal;Password={password}',
      'Server=db.internal;Integrated Security=true',
    ],
  },
  'netrc-password': {
    bad: [{ path: '.netrc', text: 'machine a login b password kR4vq9zT1' }],
    good: [{ path: 'a.txt', text: 'machine a login b password kR4vq9zT1' }],
  },
};
