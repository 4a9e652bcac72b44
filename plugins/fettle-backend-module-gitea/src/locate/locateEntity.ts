import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type {
  AnnotatedEntity,
  EntityLocation,
} from 'backstage-plugin-fettle-node';
import { parseAddress } from './parseAddress';
import { locationOf, type HostAddress } from './slug';

/**
 * Where an entity's repository is, if it is on one of the hosts.
 *
 * `fettle.dev/repository` wins: someone wrote it for Fettle. Else it is
 * `backstage.io/source-location`, which the catalog writes by itself. What
 * names another host is left to other sources.
 */
export function locateEntity(
  { annotations }: AnnotatedEntity,
  hosts: ReadonlyMap<string, HostAddress>,
): EntityLocation | undefined {
  const own = annotations[ANNOTATION_REPOSITORY]?.trim();
  const source = annotations[ANNOTATION_SOURCE_LOCATION]?.trim();
  const address =
    own ?? (source?.startsWith('url:') ? source.slice('url:'.length) : '');
  const found = parseAddress(address, hosts);
  if (!found) return undefined;
  const { host } = found;
  if ('problem' in found) {
    // The catalog wrote the other one: it need not name a repository.
    if (own === undefined) return undefined;
    return {
      problem: {
        message: `The annotation ${ANNOTATION_REPOSITORY} cannot be used: ${found.problem}.`,
        action: `Use the address of a repository, for example ${host.webUrl}/payments/ledger#services/api.`,
      },
    };
  }
  return { location: locationOf(host, found.slug), subpath: found.subpath };
}
