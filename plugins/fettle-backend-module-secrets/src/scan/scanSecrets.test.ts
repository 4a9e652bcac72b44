import {
  runScan,
  scannerContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { createSecretsScanner } from '../createSecretsScanner';
import { loadRules } from '../rules/loadRules';
import { made } from '../testing/made';
import { findWith, rulesOf } from '../testing/scanWith';
import { scan } from './scanSecrets';

const OWN = rulesOf(`[[rules]]
id = "own-key"
description = "Key of ours"
regex = '''\\b(own_[a-z0-9]{16,})'''
keywords = ["own_"]
tags = ["severity:critical", "by-line"]
[[rules]]
id = "generic-key"
description = "Some key"
regex = '''key = "([^"]+)"'''
keywords = ["key"]
tags = ["uncertain"]
`);
const SECRET = `own_${made('lower', 20)}`;

scannerContract(createSecretsScanner(OWN), {
  path: 'a.txt',
  text: `key = "${SECRET}"\n`,
});

it('tells of a secret by its beginning, its length and its line', async () => {
  expect(await findWith(OWN, `a\nb ${SECRET}\n`)).toEqual([
    {
      ...{ kind: 'secret', rule: 'own-key', title: 'Key of ours' },
      ...{ severity: 'critical', certain: true },
      ...{ path: 'config.txt', line: 2 },
      keys: [expect.stringMatching(/^hmac:[0-9a-f]{16}$/)],
      message: 'own… (24 characters).',
      description: expect.any(String),
      fix: expect.stringMatching(/^Rotate it first/),
    },
  ]);
});

it('says nothing of the secret anywhere', async () => {
  const short = 'hunter2!';
  const { rules } = await loadRules();
  const text = [
    `password = "kR4vq9zT!w2x"`,
    `key = "${SECRET}"`,
    `postgres://app:${short}@db.internal/app`,
    `github: ghp_${made('letters', 36)}`,
  ].join('\n');
  for (const set of [OWN, rules]) {
    const told = JSON.stringify(await findWith(set, text));
    const secrets = ['kR4vq9zT!w2x', short, SECRET, made('letters', 36)];
    for (const secret of secrets) {
      for (let at = 0; at + 4 <= secret.length; at++) {
        expect(told).not.toContain(secret.slice(at, at + 4));
      }
    }
  }
});

it('makes one finding of one secret in one file', async () => {
  const text = `${SECRET}\n\nkey = "${SECRET}"\n`;
  const findings = await findWith(OWN, text);
  expect(findings).toMatchObject([
    { line: 1, message: 'own… (24 characters); again in line 3.' },
  ]);
});

it('knows a secret again where lines moved, and only with its own key', async () => {
  const keysIn = async (text: string, key: string) => {
    const files = [{ path: 'a', text, size: text.length }];
    const { findings } = await scan({ files, key, options: { rules: OWN } });
    return findings!.map(({ keys }) => keys[0]);
  };
  const [one] = await keysIn(`${SECRET}\n`, 'a');
  expect(await keysIn(`\n\n\n  ${SECRET}`, 'a')).toEqual([one]);
  expect(await keysIn(`${SECRET}x`, 'a')).not.toEqual([one]);
  expect(await keysIn(SECRET, 'b')).not.toEqual([one]);
});

it('has the most specific rule tell of a secret', async () => {
  const findings = await findWith(OWN, `key = "${SECRET}"; key = "other"`);
  expect(findings.map(({ rule }) => rule)).toEqual(['own-key', 'generic-key']);
});

it.each(['gitleaks:allow', 'fettle:allow'])('honours %s', async word => {
  const text = `${SECRET} # ${word}\nkey = "${made('lower', 8)}"\n`;
  const findings = await findWith(OWN, text);
  expect(findings.map(({ line }) => line)).toEqual([2]);
});

it('finds secrets in lines of any length, where they are', async () => {
  const word = 'abc '.repeat(5_000);
  const other = `own_${made('lower', 30, 2)}`;
  const line = `${word}own_ ${word}${SECRET} ${word}${other}`;
  const findings = await findWith(OWN, `x\n${line}\n${SECRET}`);
  expect(findings.map(({ message }) => message)).toEqual([
    'own… (24 characters); again in line 3.',
    'own… (34 characters).',
  ]);
});

it('tells when there are more than can be looked at', async () => {
  const text = Array.from(
    { length: 150 },
    (_, i) => `own_${made('lower', 20, i + 1)}`,
  ).join('\n');
  const { findings, problems } = await runScan(createSecretsScanner(OWN), {
    'data.txt': text,
  });
  expect(findings).toHaveLength(100);
  expect(problems).toMatchObject([
    { path: 'data.txt', message: expect.stringContaining('150') },
  ]);
});

it('finds files that are secrets by their names, without reading them', async () => {
  const rules = rulesOf(`[[rules]]\nid = "keystore"\npath = '''\\.jks$'''`);
  expect(await findWith(rules, '', 'a/b.jks')).toMatchObject([
    { rule: 'keystore', title: 'keystore', path: 'a/b.jks', severity: 'high' },
  ]);
  expect(await findWith(rules, '', 'a/b.jks.txt')).toEqual([]);
});

it('wants any file, and is silent of those that are no text or too large, unless they are configuration', async () => {
  const { rules } = await loadRules();
  const scanner = createSecretsScanner(rules, ['test/**']);
  const fileOf = (path: string) =>
    ({ path, size: 10, type: 'file', executable: false } as const);
  const entry = (path: string) => scanner.wants(fileOf(path));
  const silent = (path: string) => scanner.mayBeData!(fileOf(path));
  const silentOf: Record<string, boolean> = {
    ...{ 'src/a.ts': true, 'src/a.json': true },
    ...{ 'deploy/prod.env': false, 'terraform.tfstate': false },
  };
  for (const [path, isSilent] of Object.entries(silentOf)) {
    expect([path, entry(path), silent(path)]).toEqual([path, true, isSilent]);
  }
  for (const path of [
    ...['web/app.min.js', 'a/package-lock.json', 'node_modules/a/index.js'],
    ...['logo.png', 'test/a.ts', 'test/.env'],
  ]) {
    expect([path, entry(path)]).toEqual([path, false]);
  }
});

it('answers in linear time to what other engines take for ever on', async () => {
  const rules = rulesOf(`[[rules]]\nid = "slow"\nregex = '''(a+)+\\$'''`);
  expect(await findWith(rules, 'a'.repeat(100_000))).toEqual([]);
});

it.each([
  'https://app:kR4vq9zT1@db.internal ',
  `password='kR4vq9-zT!w2' `,
  `apiKey="${made('letters', 32)}" `,
])('makes one finding of one line with thousands of %s', async text => {
  const { rules } = await loadRules();
  const findings = await findWith(rules, text.repeat(5_000), 'src/config.txt');
  expect(findings).toMatchObject([{ line: 1 }]);
});
