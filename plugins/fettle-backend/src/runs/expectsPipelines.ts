import type { Check } from 'backstage-plugin-fettle-node';
import type { PlaybookStore } from '../store/playbooks/PlaybookStore';

/**
 * Whether CI is to tell how changes of a repository do: it ran there, or a check
 * that {@link Check.tells} of it found that it is defined.
 *
 * @param readings what is known of pipelines that ran
 */
export function expectsPipelines(
  store: Pick<PlaybookStore, 'verdicts'>,
  known: ReadonlyMap<string, Pick<Check, 'id' | 'tells'>>,
  readings: (repositoryId: string) => Promise<readonly unknown[]>,
): (repositoryId: string) => Promise<boolean> {
  const checks = [...known.values()]
    .filter(({ tells }) => tells === 'pipelines')
    .map(({ id }) => id);
  return async id => {
    if ((await readings(id)).length > 0) return true;
    if (checks.length === 0) return false;
    const options = { checks, limit: checks.length };
    const verdicts = await store.verdicts(id, options);
    return verdicts.some(({ status }) => ['pass', 'warn'].includes(status));
  };
}
