import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readPlaybooks } from './readPlaybooks';
import { STARTER_PLAYBOOKS } from './starterPlaybooks';
import { known, read, step } from './testPlaybooks';

const OWN: JsonObject = {
  trigger: { on: 'finding' },
  steps: [{ id: 'update', uses: 'update-dependency' }],
};
const own = (given: JsonObject) => read({ own: { ...OWN, ...given } });
const one = (given: JsonObject = {}) =>
  own(given).find(({ view }) => view.id === 'own')!;

describe('readPlaybooks', () => {
  it('gives the playbooks that ship with Fettle, which only observe', () => {
    const playbooks = read();
    expect(playbooks.map(({ view }) => view.id)).toEqual(
      Object.keys(STARTER_PLAYBOOKS).sort(),
    );
    for (const { view } of playbooks) {
      expect(view).toMatchObject({
        level: 'observe',
        origin: { kind: 'built-in' },
      });
    }
  });

  it('leaves out what ships and names a step that is not there, and says so', () => {
    const told: string[] = [];
    const some = known({ steps: [step('pin-actions')] });
    const playbooks = readPlaybooks(new ConfigReader({}), some, id =>
      told.push(id),
    );
    expect(playbooks.map(({ view }) => view.id)).toEqual(['pin-actions']);
    expect(told).toHaveLength(Object.keys(STARTER_PLAYBOOKS).length - 1);
  });

  it('changes parts of them, turns them off, and adds others', () => {
    const byId = new Map(
      read({
        'pin-actions': { level: 'enforce', limits: { openChanges: 'none' } },
        'add-licence': { enabled: false },
        own: OWN,
      }).map(({ view }) => [view.id, view]),
    );
    expect(byId.get('pin-actions')).toMatchObject({
      level: 'enforce',
      title: 'Pin actions of workflows to commits',
      limits: {
        openChanges: null,
        changesPerHour: 20,
        shareOfFleetPerDay: 0.25,
      },
    });
    expect(byId.has('add-licence')).toBe(false);
    expect(byId.get('own')).toMatchObject({
      ...{ title: 'own', level: 'observe', group: 'repository' },
      steps: [{ id: 'update', with: { coolDownDays: 3 }, dependsOn: [] }],
      approval: { by: 0, expiresAfterSeconds: 3 * 24 * 3600 },
      verification: { settleSeconds: 30, holdSeconds: 86_400 },
      origin: { kind: 'config' },
    });
  });

  it('has a digest that changes with what a plan depends on, and with nothing else', () => {
    const { digest } = one().view;
    expect(one({ limits: { openChanges: 1 } }).view.digest).toBe(digest);
    expect(one({ escalateTo: ['group:default/a'] }).view.digest).toBe(digest);
    for (const other of [
      { level: 'propose' },
      { condition: 'true' },
      { approval: { by: 1 } },
      { trigger: { on: 'finding', with: { kinds: ['secret'] } } },
      {
        steps: [
          {
            id: 'update',
            uses: 'update-dependency',
            with: { coolDownDays: 4 },
          },
        ],
      },
    ]) {
      expect(one(other).view.digest).not.toBe(digest);
    }
  });

  it('puts steps in an order in which each follows those that it depends on', () => {
    const steps = ['a', 'b', 'c'].map(id => ({ id, uses: 'open-issue' }));
    const [a, b, c] = steps;
    const { view } = one({
      steps: [{ ...a, dependsOn: ['c'] }, b, { ...c, dependsOn: ['b'] }],
    });
    expect(view.steps.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['an unknown key', { levl: 'x' }, /fettle\.playbooks\.own\.levl': Unrecog/],
    [
      'an unknown level',
      { level: 'warn' },
      /own\.level': .*"observe".*; it is "warn"\.$/,
    ],
    [
      'an unknown trigger',
      { trigger: { on: 'push' } },
      /own\.trigger\.on': There is no trigger 'push'\. There is: finding, verdict, run, drift, schedule, person, agent\./,
    ],
    [
      'a parameter that a trigger has not',
      { trigger: { on: 'finding', with: { kinds: ['bug'] } } },
      /own\.trigger\.with\.kinds\.0': .*"vulnerability".*it is "bug"/,
    ],
    [
      'a check that there is not',
      { trigger: { on: 'verdict', with: { checks: ['reedme'] } } },
      /trigger\.with\.checks\.0': There is no check 'reedme'\. There is: readme/,
    ],
    [
      'an unknown step',
      { steps: [{ id: 'a', uses: 'do-it' }] },
      /own\.steps\.0\.uses': There is no step 'do-it'\. There is: add-files, /,
    ],
    [
      'a parameter that a step has not',
      {
        steps: [
          { id: 'a', uses: 'update-dependency', with: { coolDownDays: -1 } },
        ],
      },
      /own\.steps\.0\.with\.coolDownDays': .*it is -1/,
    ],
    [
      'two steps of one id',
      { steps: ['a', 'a'].map(id => ({ id, uses: 'open-issue' })) },
      /own\.steps\.1\.id': There are two steps with the id 'a'/,
    ],
    [
      'a dependency on nothing',
      { steps: [{ id: 'a', uses: 'open-issue', dependsOn: ['z'] }] },
      /own\.steps\.0\.dependsOn\.0': There is no step 'z'\. There is: a\./,
    ],
    [
      'steps that wait for each other',
      {
        steps: [
          { id: 'x', uses: 'open-issue' },
          { id: 'a', uses: 'open-issue', dependsOn: ['b'] },
          { id: 'b', uses: 'open-issue', dependsOn: ['a'] },
        ],
      },
      /own\.steps\.1\.dependsOn': These steps wait for each other: a, b\./,
    ],
    [
      'a step that waits for itself',
      { steps: [{ id: 'a', uses: 'open-issue', dependsOn: ['a'] }] },
      /wait for each other: a\./,
    ],
    [
      'no duration',
      { verification: { hold: 'long' } },
      /own\.verification\.hold': Not a duration of up to 30 days.*it is "long"/,
    ],
    [
      'too long a duration',
      { verification: { settle: { days: 2 } } },
      /verification\.settle': Not a duration of up to 1 day/,
    ],
    [
      'a time-out before the end of the hold time',
      { verification: { hold: { days: 2 }, timeout: { days: 1 } } },
      /own\.verification\.timeout': 86400 seconds are over before/,
    ],
    [
      'a share over all',
      { limits: { shareOfFleetPerDay: 1.5 } },
      /limits\.shareOfFleetPerDay': .*it is 1\.5/,
    ],
    [
      'a negative limit',
      { limits: { openChanges: 0 } },
      /limits\.openChanges': .*it is 0/,
    ],
    [
      'no entity ref',
      { escalateTo: ['platform'] },
      /escalateTo\.0': Not an entity ref like group:default\/platform; it is "platform"/,
    ],
    [
      'a variable of another trigger',
      { condition: 'run.attempt == 1' },
      /own\.condition': .*Unknown variable: run\..*There is: repository, entities, now, finding\./s,
    ],
    [
      'a field that there is not',
      { condition: 'finding.severety == "high"' },
      /own\.condition': .*No such key: severety.*Did you mean 'severity'/s,
    ],
    [
      'a text that a field never has',
      { condition: 'finding.severity == "HIGH"' },
      /own\.condition': .*'severity' of Finding is never "HIGH"/s,
    ],
    [
      'a cause that there is not',
      { trigger: { on: 'run' }, condition: 'run.cause == "flaky"' },
      /'cause' of Run is never "flaky".*There is: network, runner-lost/s,
    ],
    [
      'a problem in a scope',
      { scope: { when: 'finding.exploited' } },
      /own\.scope\.when': .*Unknown variable: finding/s,
    ],
    [
      'no time',
      { trigger: { on: 'schedule' } },
      /trigger\.with': Say either 'cron' or 'every'/,
    ],
    [
      'a time that never comes',
      { trigger: { on: 'schedule', with: { cron: '0 0 30 2 *' } } },
      /trigger\.with\.cron': It never comes/,
    ],
    [
      'a field too many',
      { trigger: { on: 'schedule', with: { cron: '* * * * * *' } } },
      /with\.cron': Write five fields/,
    ],
    [
      'a time zone that there is not',
      {
        trigger: {
          on: 'schedule',
          with: { cron: '0 3 * * 1', timeZone: 'Mars/One' },
        },
      },
      /with\.cron': .*[Ii]nvalid timezone/,
    ],
  ])('stops at %s', (_, given, message) => {
    expect(() => own(given)).toThrow(message);
  });

  it('stops at an id that is none, and where there is neither trigger nor step', () => {
    expect(() => read({ Own: OWN })).toThrow(/'Own' is no id of a playbook/);
    expect(() => read({ own: {} })).toThrow(
      /own\.trigger': The playbook has no trigger/,
    );
    expect(() => read({ own: { trigger: { on: 'person' } } })).toThrow(
      /own\.steps': The playbook has no steps/,
    );
  });

  it.each<[JsonObject, string, string | undefined]>([
    [
      { cron: '30 3 * * 1', timeZone: 'Europe/Zurich' },
      '2026-03-28T12:00:00Z',
      '2026-03-30T01:30:00.000Z',
    ],
    [
      { every: { hours: 6 } },
      '2026-03-28T12:00:00Z',
      '2026-03-28T18:00:00.000Z',
    ],
    [
      { every: { days: 1 } },
      '2026-03-28T12:00:00Z',
      '2026-03-29T00:00:00.000Z',
    ],
  ])('is due by %j', (given, after, next) => {
    const { trigger, triggerParameters } = one({
      trigger: { on: 'schedule', with: given },
    });
    expect(
      trigger.nextAfter!(triggerParameters, new Date(after))?.toISOString(),
    ).toBe(next);
  });
});
