import type {
  Control,
  ControlStatus,
  PolicyStatus,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import { controlStatus } from './controlStatus';
import { control } from './FrameworkWithControls';

const INSTALLED = {
  checks: new Set(['readme', 'ci']),
  policies: new Set(['no-secrets', 'pinned']),
};

function status(
  rests: Control['rests'],
  verdicts: Record<string, VerdictStatus> = {},
  policies: Record<string, PolicyStatus> = {},
  evaluated = true,
): ControlStatus {
  return controlStatus(
    control('1', 'One', rests),
    {
      verdicts: new Map(Object.entries(verdicts)),
      policies: new Map(Object.entries(policies)),
      evaluated,
    },
    INSTALLED,
  );
}

const README = { check: 'readme' };
const CI = { check: 'ci' };
const SECRETS = { policy: 'no-secrets' };
const GONE = { policy: 'gone' };

it('is not seen where nothing that is installed tells', () => {
  expect(status([])).toBe('not-seen');
  expect(status([GONE, { check: 'gone' }])).toBe('not-seen');
});

it.each<[VerdictStatus, ControlStatus]>([
  ['pass', 'met'],
  ['warn', 'not-met'],
  ['fail', 'not-met'],
  ['unknown', 'unknown'],
  ['not-applicable', 'not-applicable'],
])('takes a verdict that is %s for %s', (verdict, expected) => {
  expect(status([README], { readme: verdict })).toBe(expected);
});

it.each<[PolicyStatus, ControlStatus]>([
  ['kept', 'met'],
  ['violated', 'not-met'],
  ['error', 'not-met'],
  ['unknown', 'unknown'],
])('takes a policy that is %s for %s', (result, expected) => {
  expect(status([SECRETS], {}, { 'no-secrets': result })).toBe(expected);
});

it('is about a repository only within the scope of its policy, once that is known', () => {
  expect(status([SECRETS])).toBe('not-applicable');
  expect(status([{ ...SECRETS, outOfScope: 'not-seen' }])).toBe('not-seen');
  expect(status([SECRETS], {}, {}, false)).toBe('unknown');
  expect(status([README])).toBe('unknown');
});

it('needs every part', () => {
  const both = [README, CI];
  expect(status(both, { readme: 'pass', ci: 'pass' })).toBe('met');
  expect(status(both, { readme: 'pass', ci: 'unknown' })).toBe('unknown');
  expect(status(both, { readme: 'unknown', ci: 'fail' })).toBe('not-met');
  expect(status(both, { readme: 'pass', ci: 'not-applicable' })).toBe('met');
  expect(status([README, GONE], { readme: 'pass' })).toBe('unknown');
  expect(status([README, GONE], { readme: 'fail' })).toBe('not-met');
});
