import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogEntities } from './catalog/catalogEntities';
import type { DemoRepository } from './DemoRepository';
import { installHook } from './ci/hook';
import { writeSecret } from './ci/writeSecret';
import { writeAdvisories } from './content/advisories';
import { REPOSITORIES } from './fleet';
import { git } from './git';
import { History } from './history/History';
import { SeededRandom } from './history/SeededRandom';

/** Where a repository of the fleet is. */
export function repositoryPath(demoDir: string, name: string): string {
  return join(demoDir, 'git', `${name}.git`);
}

/**
 * Builds the fleet and its catalog, histories ending at `now`. An existing
 * fleet is kept as it is: people have played with it.
 *
 * @returns whether anything was built
 */
export async function buildFleet(
  demoDir: string,
  now: Date = new Date(),
): Promise<boolean> {
  const stamp = join(demoDir, 'built');
  writeSecret(demoDir);
  await writeAdvisories(demoDir);
  if (existsSync(stamp)) {
    await writeCatalog(demoDir);
    return false;
  }
  await rm(join(demoDir, 'git'), { recursive: true, force: true });
  await Promise.all(
    REPOSITORIES.filter(({ build }) => build).map(repository =>
      buildRepository(demoDir, repository, now),
    ),
  );
  await writeCatalog(demoDir);
  // Last, so that a fleet of which only a part was built is built again.
  await writeFile(stamp, `${now.toISOString()}\n`);
  return true;
}

/** Deletes the fleet and builds it anew. */
export async function resetFleet(
  demoDir: string,
  now: Date = new Date(),
): Promise<void> {
  await rm(join(demoDir, 'built'), { force: true });
  for (const made of [join('ci', 'queue'), 'advisories']) {
    await rm(join(demoDir, made), { recursive: true, force: true });
  }
  await buildFleet(demoDir, now);
}

async function buildRepository(
  demoDir: string,
  repository: DemoRepository,
  now: Date,
): Promise<void> {
  const path = repositoryPath(demoDir, repository.name);
  await mkdir(path, { recursive: true });
  await git(path, [
    'init',
    '--quiet',
    '--bare',
    '--template=',
    '--initial-branch=main',
  ]);
  const history = new History(
    now,
    new SeededRandom(repository.name),
    repository.defaultBranch,
  );
  repository.build?.(history);
  await git(path, ['fast-import', '--quiet', '--done'], {
    input: history.toStream(),
  });
  installHook(demoDir, path);
}

async function writeCatalog(demoDir: string): Promise<void> {
  const path = join(demoDir, 'catalog', 'all.yaml');
  const content = catalogEntities(REPOSITORIES, name =>
    repositoryPath(demoDir, name),
  );
  const current = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (content !== current) {
    await mkdir(join(demoDir, 'catalog'), { recursive: true });
    await writeFile(path, content);
  }
}
