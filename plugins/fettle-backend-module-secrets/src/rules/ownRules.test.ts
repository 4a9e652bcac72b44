import type { Example, Sample } from '../testing/Example';
import { CLOUD } from '../testing/examples/cloud';
import { CODE } from '../testing/examples/code';
import { GENERIC } from '../testing/examples/generic';
import { KEYS } from '../testing/examples/keys';
import { OPERATIONS } from '../testing/examples/operations';
import { SERVICES } from '../testing/examples/services';
import { findWith } from '../testing/scanWith';
import { loadRules } from './loadRules';
import type { RuleSet } from './RuleSet';

const EXAMPLES: Record<string, Example> = {
  ...{ ...CLOUD, ...CODE, ...SERVICES },
  ...{ ...OPERATIONS, ...KEYS, ...GENERIC },
};

let rules: RuleSet;
beforeAll(async () => {
  ({ rules } = await loadRules());
});

it('has examples for each rule, and rules for each example', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(
    rules.rules.map(({ id }) => id).sort(),
  );
});

async function rulesIn(sample: Sample): Promise<string[]> {
  const { path, text } =
    typeof sample === 'string'
      ? { path: 'src/config.txt', text: sample }
      : sample;
  // In the middle of a file, as they are found.
  const findings = await findWith(rules, `a\n${text}\nb\n`, path);
  return findings.map(({ rule }) => rule);
}

describe.each(Object.entries(EXAMPLES))('%s', (id, { bad, good }) => {
  // By number: some have many lines.
  it.each(bad.map((one, i) => [i + 1, one] as const))(
    'finds sample %i',
    async (_, sample) => {
      expect(await rulesIn(sample)).toEqual([id]);
    },
  );

  it.each(good.map((one, i) => [i + 1, one] as const))(
    'does not mind sample %i',
    async (_, sample) => {
      expect(await rulesIn(sample)).toEqual([]);
    },
  );
});
