import { describeMachine, printResult } from '../measure/printResult';
import { rounded } from '../measure/summarize';
import { countOutcomes } from './Outcome';
import { byKind, printOutcomes } from './printOutcomes';
import { runFaults } from './runFaults';

// What the test beside it proves, as figures; see bench/README.md.

const PATIENCE_MS = 20 * 60_000;

async function main(): Promise<void> {
  const machine = describeMachine();
  const result = await runFaults(PATIENCE_MS);
  printOutcomes(result);
  const { outcomes, harm, seconds } = result;
  const all = countOutcomes(outcomes);
  printResult(machine, {
    bench: 'faults',
    figures: {
      faults: all.faults,
      kinds: byKind(outcomes).size,
      healed: all.healed,
      escalated: all.escalated,
      falselyHealed: all['falsely healed'],
      harmed: harm.length,
      seconds: rounded(seconds),
    },
    anchors: {},
    ratios: { healed: rounded(all.healed / all.faults) },
    notes: [
      'One run. What is right is read from Git and from the records of the CI',
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
