import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import { BareRepository, runGit } from 'backstage-plugin-fettle-node/testUtils';
import { GitRepositorySource } from '../GitRepositorySource';

export const NOW = new Date('2026-06-01T12:00:00.000Z');

// Each of these tests starts dozens of processes; a busy machine takes its time.
jest.setTimeout(180_000);

/** A folder of real bare repositories, and sources that read it. */
export class GitFixtures {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fettle-git-')));
  readonly repositories = path.join(this.root, 'repositories');
  readonly cacheDir = path.join(this.root, 'cache');
  private readonly sources: GitRepositorySource[] = [];

  constructor() {
    mkdirSync(this.repositories);
  }

  source(settings: object = {}, rest: object = {}): GitRepositorySource {
    const source = GitRepositorySource.fromConfig({
      config: mockServices.rootConfig({
        data: {
          ...rest,
          fettle: {
            git: {
              repositories: [this.repositories],
              cacheDir: this.cacheDir,
              ...settings,
            },
          },
        },
      }),
      logger: mockServices.logger.mock(),
      now: () => NOW,
      cwd: this.root,
    });
    this.sources.push(source);
    return source;
  }

  create(name: string): GitFixtureRepository {
    const folder = path.join(this.repositories, `${name}.git`);
    return new GitFixtureRepository(name, folder);
  }

  async dispose() {
    await Promise.all(this.sources.map(source => source.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A real bare repository under a name. */
export class GitFixtureRepository extends BareRepository {
  constructor(readonly name: string, folder: string) {
    const remote = pathToFileURL(folder.replace(/\.git$/, '')).href;
    super({ remote, name, host: 'localhost' }, folder);
  }
}

export { runGit as git };
