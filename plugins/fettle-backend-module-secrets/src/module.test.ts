import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleScannersExtensionPoint,
  type Scanner,
} from 'backstage-plugin-fettle-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fettleModuleSecrets } from '.';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function start(secrets?: object): Promise<Scanner[]> {
  const scanners: Scanner[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleScannersExtensionPoint,
        { addScanner: (...added: Scanner[]) => void scanners.push(...added) },
      ],
    ],
    features: [
      fettleModuleSecrets,
      mockServices.rootConfig.factory({
        data: secrets ? { fettle: { secrets } } : {},
      }),
    ],
  });
  await backend.stop();
  return scanners;
}

it('needs no config', async () => {
  const [scanner, ...others] = await start();
  expect(others).toEqual([]);
  expect(scanner.id).toBe('secrets');
  // It goes to another process.
  expect(JSON.parse(JSON.stringify(scanner.options))).toEqual(scanner.options);
});

it('takes the rules of a file', async () => {
  const path = join(folder, 'rules.toml');
  await writeFile(path, `[[rules]]\nid = "own"\nregex = "own_[a-z]+"\n`);
  const [scanner] = await start({ rules: path, allowPaths: ['test/**'] });
  expect(scanner.options).toMatchObject({
    rules: { rules: [{ id: 'own' }] },
    allowPaths: ['test/**'],
  });
});

it('stops the start with the file, the rule and the reason', async () => {
  const path = join(folder, 'bad.toml');
  await writeFile(path, `[[rules]]\nid = "bad"\nregex = "(own"\n`);
  await expect(start({ rules: path })).rejects.toThrow(
    /bad\.toml, rule 'bad', regex cannot be compiled: .*missing closing/,
  );
});
