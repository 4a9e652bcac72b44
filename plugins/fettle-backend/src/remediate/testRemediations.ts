import { mockServices } from '@backstage/backend-test-utils';
import type { Playbook } from 'backstage-plugin-fettle-common';
import type { PlaybookStep, StepProblem } from 'backstage-plugin-fettle-node';
import {
  MemoryChangeProposer,
  MemoryRepositorySource,
  type MemoryRepository,
} from 'backstage-plugin-fettle-node/testUtils';
import type { Knex } from 'knex';
import type {
  LoadedPlaybook,
  PlaybookSet,
  ProblemReader,
  SeenProblems,
} from '../playbooks/LoadedPlaybook';
import { ChangeRegistry } from '../registry/ChangeRegistry';
import { Registry } from '../registry/Registry';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import { readChecks } from '../store/remediation/readChecks';
import { claim, repository as discovered } from '../store/testReadings';
import { AuditTrail } from './AuditTrail';
import type { AutomationConfig } from './AutomationConfig';
import { Escalation } from './escalate/Escalation';
import { Planner } from './plan/Planner';
import { Remediator } from './Remediator';
import { RemediationService } from './RemediationService';

/** A step that writes the file of its parameters. */
export const WRITE: PlaybookStep<{ path: string; content: string | null }> = {
  id: 'write',
  title: 'Write',
  description: 'Writes a file.',
  parameters: undefined as never,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan({ parameters, tree }) {
    await tree.read([parameters.path]);
    return { files: [parameters] };
  },
};

export const NO_LIMITS = {
  ...{ openChanges: null, changesPerHour: null, repositoriesPerDay: null },
  ...{ shareOfFleetPerDay: null, filesPerRun: null, linesPerRun: null },
  ...{ filesPerDay: null, linesPerDay: null },
};

export const AUTOMATION: AutomationConfig = {
  limits: {
    host: { openChanges: 50, changesPerHour: 100 },
    fleet: { openChanges: 200, changesPerHour: 300 },
  },
  freezes: [],
  breaker: { failures: 3, withinMs: 86_400_000, coolOffMs: 3_600_000 },
};

/** A playbook that puts a licence where there is none, and merges it. */
export function playbook(
  view: Partial<Playbook> = {},
  steps: { id?: string; step: PlaybookStep; parameters?: unknown }[] = [
    { step: WRITE, parameters: { path: 'LICENSE', content: 'MIT\n' } },
  ],
): LoadedPlaybook {
  return {
    view: {
      ...{ id: 'mend', title: 'Mend', description: '', condition: null },
      trigger: { on: 'verdict', with: {} },
      scope: { owners: [], systems: [], repositories: [], when: null },
      ...{ steps: [], level: 'enforce', group: 'repository' },
      approval: { by: 0, expiresAfterSeconds: 3600 },
      limits: NO_LIMITS,
      verification: {
        ...{ settleSeconds: 30, holdSeconds: 3600, timeoutSeconds: 86_400 },
      },
      escalateTo: ['group:default/platform'],
      origin: {
        ...{ kind: 'config', repository: null, path: null, line: null },
        commit: null,
      },
      digest: 'd1',
      ...view,
    },
    trigger: { id: 'verdict' } as LoadedPlaybook['trigger'],
    ...{ triggerParameters: {}, condition: null, when: null },
    steps: steps.map(({ id = 'step', step, parameters = {} }) => ({
      ...{ id, step, parameters, dependsOn: [] },
    })),
  };
}

export const PROBLEM: StepProblem = {
  ...{ key: 'licence', kind: 'verdict', title: 'There is no licence' },
};

/** Everything that remediations need, in memory but for the database, with a clock that a test moves. */
export async function setUp(
  { store, knex }: { store: DatabaseFettleStore; knex: Knex },
  given: {
    playbooks?: LoadedPlaybook[];
    automation?: Partial<AutomationConfig>;
    repositories?: string[];
  } = {},
) {
  let now = Date.parse('2026-06-01T12:00:00Z');
  const clock = () => new Date(now);
  const logger = mockServices.logger.mock();
  const source = new MemoryRepositorySource({ now: clock });
  const proposer = new MemoryChangeProposer(source);
  const registry = new Registry();
  registry.addRepositorySource(source);
  const changes = new ChangeRegistry();
  changes.addChangeProposer(proposer);
  const repositories = new Map<string, MemoryRepository>();
  for (const name of given.repositories ?? ['ledger']) {
    const made = source.create(name);
    await made.commit({
      ...{ files: { 'README.md': '# Hello\n' }, at: '2026-05-01T00:00:00Z' },
    });
    repositories.set(name, made);
  }
  await store.saveDiscovery({
    repositories: [...repositories].map(([id, made]) =>
      discovered(id, { ...made.location, sourceId: 'memory' }),
    ),
    claims: [...repositories.keys()].map(id => claim(id, id)),
    at: clock(),
  });

  const config = { ...AUTOMATION, ...given.automation };
  const all = new Map(
    (given.playbooks ?? [playbook()]).map(one => [one.view.id, one]),
  );
  const playbooks: PlaybookSet = {
    all: () => [...all.values()],
    get: id => all.get(id),
    problems: () => [],
    unread: () => null,
    onChange: () => {},
  };
  /** Without a licence at the head there is the problem, unless a test says otherwise. */
  const read = jest.fn(
    async (_: LoadedPlaybook, id: string): Promise<SeenProblems> => {
      const made = repositories.get(id)!;
      const { commit } = made.snapshot(clock()).head!;
      const files = await made.tree(commit).read(['LICENSE']);
      return {
        problems: files.has('LICENSE') ? [] : [PROBLEM],
        ...{ inScope: true, gap: null, commit, readAt: clock().toISOString() },
      };
    },
  );
  /** Whatever playbooks are for. */
  const readAll = jest.fn(
    async (id: string) => (await read(playbook(), id)).problems,
  );
  const problems: ProblemReader = {
    read,
    readAll,
    readSubject: async () => undefined,
    inScope: async () =>
      [...repositories.keys()].map(id => ({ id, name: id, host: 'h' })),
  };
  const entitiesOf = async () => [
    {
      ...{ entityRef: 'component:default/ledger', subpath: '' },
      owner: 'group:default/team-a',
    },
  ];
  const notifications = { send: jest.fn(async () => {}) };
  const auditor = mockServices.auditor.mock({
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  });
  const openStore = (on: Knex) => new DatabaseRemediationStore(on, config);
  const remediations = openStore(knex);
  const planner = new Planner({
    ...{ store: remediations, repositories: store, registry, changes },
    ...{ entitiesOf, clock },
  });
  const readNow = jest.fn(async (_: string) => {});
  const states: string[] = [];
  const open = (on = remediations) => {
    const remediator = new Remediator({
      ...{ store: on, playbooks, problems, planner, registry, readNow },
      ...{ clock, logger, effectMs: 10_000, freezes: config.freezes },
      escalation: new Escalation({ notifications, entitiesOf, logger }),
      audit: new AuditTrail(auditor),
      hasPipelines: async () => false,
      match: async () => [],
      checksOf: (id, commit) => readChecks(knex, id, commit),
      onChange: (before, { state }) => {
        if (before.state !== state) states.push(state);
      },
    });
    const service = new RemediationService({
      ...{ store: on, playbooks, problems, planner, remediator },
      audit: new AuditTrail(auditor),
      ...{ clock, logger, onChange: () => {} },
    });
    return { remediator, service };
  };
  return {
    ...{ source, proposer, registry, changes, notifications, auditor, knex },
    ...{
      store: remediations,
      planner,
      clock,
      read,
      readAll,
      readNow,
      states,
      all,
    },
    ...{ open, openStore, repositories, playbooks, logger, problems },
    ...open(),
    repository: repositories.get('ledger') as MemoryRepository,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    story: async (id: string): Promise<string[]> => {
      const rows = await knex('remediation_events')
        .where({ remediation_id: id })
        .orderBy('id');
      return rows.map(({ event }) => event);
    },
  };
}
