import { expectsPipelines } from './expectsPipelines';

const CHECKS = new Map([
  ['ci', { id: 'ci', tells: 'pipelines' as const }],
  ['readme', { id: 'readme' }],
]);

function start(
  status: string | null,
  options: { runs?: number; checks?: typeof CHECKS } = {},
) {
  const verdict = { check: 'ci', status, evidence: [] } as any;
  const verdicts = jest.fn(async () => (status === null ? [] : [verdict]));
  const expects = expectsPipelines(
    { verdicts },
    options.checks ?? CHECKS,
    async () => Array.from({ length: options.runs ?? 0 }),
  );
  return { expects, verdicts };
}

it.each([
  ['pass', true],
  // Some of its definitions are broken.
  ['warn', true],
  ['fail', false],
  ['unknown', false],
  [null, false],
])('where CI never ran and its check says %s: %s', async (status, expected) => {
  const { expects, verdicts } = start(status);
  expect(await expects('a')).toBe(expected);
  expect(verdicts).toHaveBeenCalledWith('a', { checks: ['ci'], limit: 1 });
});

it('needs no definition where CI ran', async () => {
  expect(await start('fail', { runs: 1 }).expects('a')).toBe(true);
});

it('knows only what ran where no check tells', async () => {
  const checks = new Map([['readme', { id: 'readme' }]]) as typeof CHECKS;
  const { expects, verdicts } = start('pass', { checks });
  expect(await expects('a')).toBe(false);
  expect(verdicts).not.toHaveBeenCalled();
});
