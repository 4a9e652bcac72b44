import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { CI_SYSTEMS } from './ciSystems';
import { ciFact } from './ciFact';

const KNOWN = new Set(CI_SYSTEMS.map(system => system.name)).size;

/** At least one pipeline defined in the repository. */
export const ciCheck = createCheck({
  id: 'ci',
  title: 'CI defined',
  group: 'Delivery',
  why: 'Changes that no pipeline builds and tests break for others, later.',
  fix: 'Add a pipeline that builds and tests every change, and correct the definitions listed. Where CI is configured outside of the repository, switch this check off for it.',
  appliesTo: 'Every repository',
  // CI systems read their definitions from the top of the repository.
  scope: 'repository',
  weight: 2,
  tells: 'pipelines',
  facts: { ci: ciFact },
  parameters: z.strictObject({}),
  evaluate({ facts: { ci } }): CheckResult {
    if (ci.count === 0) {
      return {
        status: 'fail',
        message: `The repository holds no definition of any of the ${KNOWN} CI systems that Fettle knows.`,
      };
    }
    const evidence = [
      ...ci.broken,
      ...ci.unread.map(path => ({ path, message: 'It cannot be read.' })),
      ...ci.systems.map(({ name, path, count }) => ({
        path,
        message: `${name}: ${counted(count, 'definition')}.`,
      })),
    ];
    const names = firstOf(ci.systems.map(system => system.name));
    const broken = `${counted(
      ci.broken.length,
      'definition',
    )} cannot run: ${firstOf(ci.broken.map(b => b.path))}`;
    if (ci.broken.length > 0) {
      return ci.systems.length > 0
        ? { status: 'warn', message: `${names}; ${broken}.`, evidence }
        : { status: 'fail', message: `${broken}.`, evidence };
    }
    if (ci.systems.length === 0) {
      const message = `${counted(
        ci.unread.length,
        'definition',
      )} found, none could be read.`;
      return { status: 'unknown', message, evidence };
    }
    const message = `${names}, ${counted(ci.count, 'definition')}.`;
    return { status: 'pass', message, evidence };
  },
});
