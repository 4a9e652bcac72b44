import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Repository } from '../measure/Repository';
import type { Death } from './Death';
import { KilledBackend } from './KilledBackend';

const MANY = 50;
/** They come first by name, so they are the first wave; steps note in them what they do. */
const NOTED = ['a-noted-1', 'a-noted-2', 'a-noted-3'];
const CAMPAIGN = [
  ...NOTED,
  ...Array.from({ length: MANY - NOTED.length }, (_, i) => `many-${i}`),
];
const BACK = 'taken-back';
const MOST = 10_000;

const LICENCE = {
  id: 'add',
  uses: 'add-files',
  with: { files: ['licence'], licence: { id: 'MIT', holder: 'Acme' } },
};
const PLAYBOOK = {
  trigger: { on: 'person' },
  level: 'enforce',
  limits: {
    openChanges: 'none',
    changesPerHour: 'none',
    repositoriesPerDay: 'none',
    shareOfFleetPerDay: 'none',
  },
  verification: { settle: { seconds: 0 }, hold: { seconds: 1 } },
};
const PHASES = ['before', 'opened', 'merged'];
const NOTES = PHASES.map(phase => ({ id: phase, uses: `note-${phase}` }));

/** The nth time that a remediation comes to a stage: what led there is done, and not written yet. */
function stage(value: string, nth = 1): Death {
  return { statement: 'update remediations', column: 'stage', value, nth };
}

/** In the midst of the planning of a campaign. */
const PLANNING: Death = { statement: 'insert into plans', nth: 20 };
/** A campaign began some of its remediations, and not yet all of its wave. */
const BEGINNING: Death = { statement: 'insert into remediations', nth: 2 };
const NEXT_WAVE: Death = {
  statement: 'update campaigns',
  column: 'wave',
  value: 2,
  nth: 1,
};
const FINISHING: Death = {
  statement: 'update campaigns',
  column: 'state',
  value: 'finished',
  nth: 1,
};

describe('a backend that is killed with -9 and started again', () => {
  let folder: string;
  let backend: KilledBackend;
  const repositories = new Map<string, Repository>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-crashes-'));
    const root = join(folder, 'git');
    for (const name of [...CAMPAIGN, BACK]) {
      const repository = new Repository(root, name);
      await repository.create({ 'README.md': `# ${name}\n` });
      repositories.set(name, repository);
    }
    backend = new KilledBackend(folder, {
      git: { repositories: [root], cacheDir: join(folder, 'mirrors') },
      automation: {
        limits: {
          host: { openChanges: MOST, changesPerHour: MOST },
          fleet: { openChanges: MOST, changesPerHour: MOST },
        },
      },
      playbooks: {
        mend: { ...PLAYBOOK, steps: [LICENCE, ...NOTES] },
        back: { ...PLAYBOOK, steps: [LICENCE, { id: 'no', uses: 'refuse' }] },
      },
    });
  });
  after(async () => {
    await backend.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The ids of repositories by their names, once all are read. */
  async function readAll(): Promise<Map<string, string>> {
    const { items } = await backend.until('all are read', async () => {
      const page = await backend.ask('/repositories?limit=500&state=ready');
      return page?.total === repositories.size && page;
    });
    return new Map(
      items.map((one: any) => [one.name.split('/').at(-1), one.id]),
    );
  }

  /** Dies of each in turn. */
  async function survive(deaths: readonly Death[]) {
    for (const death of deaths) {
      await backend.start(death);
      await backend.died(death);
    }
  }

  async function branchesOf(name: string): Promise<string[]> {
    return [...(await repositories.get(name)!.branches()).keys()];
  }

  it('takes back what was not right, once', async () => {
    await backend.start(stage('roll-back'));
    const plan = await backend.ask('/plans', {
      playbookId: 'back',
      repositoryId: (await readAll()).get(BACK),
    });
    await backend.ask(`/plans/${plan.id}/apply`, { hash: plan.hash });
    await backend.died(stage('roll-back'));
    // The change that takes it back is opened, then merged.
    await survive([stage('roll-back', 2), stage('roll-back', 2)]);
    // It lives until there is a campaign.
    await backend.start(PLANNING);
    const { items } = await backend.until('it has ended', async () => {
      const page = await backend.ask('/remediations?limit=10');
      return page.items.every((one: any) => one.endedAt) && page;
    });
    assert.deepEqual(
      items.map((one: any) => one.state),
      ['reverted'],
    );
    const repository = repositories.get(BACK)!;
    // Both name the plan.
    const both = await repository.commitsWith(plan.hash);
    const reverts = await repository.commitsWith('fettle-revert: ');
    assert.deepEqual([both.length, reverts.length], [2, 1]);
    assert.deepEqual(Object.keys(await repository.files()), ['README.md']);
    assert.deepEqual(await branchesOf(BACK), ['main']);
  });

  it(`has each change of a campaign over ${MANY} repositories exactly once`, async () => {
    const { id } = await backend.ask('/campaigns', {
      title: 'A licence for all',
      playbookId: 'mend',
      scope: { repositories: ['*-noted-*', '*many-*'] },
      waves: [{ repositories: NOTED.length }, { share: 1 }],
    });
    const path = `/campaigns/${id}`;
    await backend.died(PLANNING);
    await backend.start(BEGINNING);
    const { hash } = await backend.until('all is planned', async () => {
      const campaign = await backend.ask(path);
      return campaign?.state === 'draft' && campaign;
    });
    await backend.ask(`${path}/actions`, { action: 'start', hash });
    await backend.died(BEGINNING);

    await survive([
      // In the first wave.
      ...['before', 'open', 'opened', 'follow', 'merged', 'read'].map(value =>
        stage(value),
      ),
      NEXT_WAVE,
      // In the midst of the second: let through, merged, verified, ended.
      ...[stage('check', 10), stage('read', 20)],
      ...[stage('hold', 10), stage('ended', 10)],
      FINISHING,
    ]);
    await backend.start();
    const campaign = await backend.until('it is finished', async () => {
      const now = await backend.ask(path);
      return now.state === 'finished' && now;
    });
    assert.equal(campaign.counts.healed, MANY);
    for (const name of CAMPAIGN) {
      const changes = await repositories
        .get(name)!
        .commitsWith('Fettle-Plan: ');
      assert.equal(changes.length, 1, name);
      assert.deepEqual(await branchesOf(name), ['main'], name);
    }
    // What is done outside may be done again, with the key of the first time.
    const lines = (await readFile(backend.effects, 'utf8')).split('\n');
    const effects = [...new Set(lines.filter(Boolean))].map(line => {
      const [name, phase] = JSON.parse(line.slice(0, line.lastIndexOf(' ')));
      return `${name.split('/').at(-1)} ${phase}`;
    });
    assert.deepEqual(
      effects.sort(),
      NOTED.flatMap(name => [...PHASES].sort().map(one => `${name} ${one}`)),
    );
  });
});
