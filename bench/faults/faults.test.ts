import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  isEscalated,
  isFalselyHealed,
  isHealed,
  type Outcome,
} from './Outcome';
import { byKind, printOutcomes } from './printOutcomes';
import { runFaults } from './runFaults';

const PATIENCE_MS = 8 * 60_000;

it('puts right what can be put right, proved from Git itself, harms nothing, and tells of the rest', async () => {
  const result = await runFaults(PATIENCE_MS);
  const { outcomes, harm } = result;
  printOutcomes(result);
  assert.ok(outcomes.length >= 60);
  assert.ok(byKind(outcomes).size >= 12);
  assert.deepEqual(harm, []);
  assert.deepEqual(outcomes.filter(isFalselyHealed).map(nameOf), []);
  const healed = outcomes.filter(isHealed);
  assert.ok(healed.length / outcomes.length > 0.8);
  assert.deepEqual(
    healed.filter(({ fault }) => !fault.curable).map(nameOf),
    [],
  );
  const untold = outcomes.filter(one => !isHealed(one) && !isEscalated(one));
  assert.deepEqual(untold.map(nameOf), []);
});

function nameOf({ fault }: Outcome): string {
  return `${fault.repository.name}: ${fault.kind}`;
}
