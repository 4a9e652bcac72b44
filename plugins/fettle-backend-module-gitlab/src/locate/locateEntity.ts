import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type {
  AnnotatedEntity,
  EntityLocation,
} from 'backstage-plugin-fettle-node';
import { parseAddress, type Address } from './parseAddress';
import { locationOf, parseSlug, type HostAddress } from './slug';

const PROJECT_SLUG = 'gitlab.com/project-slug';
const INSTANCE = 'gitlab.com/instance';

type Hosts = ReadonlyMap<string, HostAddress>;

/**
 * Where an entity's repository is, if it is on one of the hosts.
 *
 * `fettle.dev/repository` wins: someone wrote it for Fettle. Then
 * `gitlab.com/project-slug`, which someone wrote for Backstage; the host is
 * that of `gitlab.com/instance`, or of the entity's own source. Last comes
 * `backstage.io/source-location`, which the catalog writes by itself. What
 * names another host is left to other sources.
 */
export function locateEntity(
  { annotations }: AnnotatedEntity,
  hosts: Hosts,
): EntityLocation | undefined {
  const own = annotations[ANNOTATION_REPOSITORY]?.trim();
  if (own !== undefined) return fromAddress(own, hosts);
  const source = sourceOf(annotations[ANNOTATION_SOURCE_LOCATION], hosts);
  const slug = annotations[PROJECT_SLUG]?.trim();
  if (slug !== undefined) {
    const host = hostFor(annotations, { source, hosts });
    return host && fromSlug(slug, host, source);
  }
  if (!source || 'problem' in source) return undefined;
  return {
    location: locationOf(source.host, source.slug),
    subpath: source.subpath,
  };
}

function fromAddress(value: string, hosts: Hosts): EntityLocation | undefined {
  const found = parseAddress(value, hosts);
  if (!found) return undefined;
  const { host } = found;
  if ('problem' in found) {
    return {
      problem: {
        message: `The annotation ${ANNOTATION_REPOSITORY} cannot be used: ${found.problem}.`,
        action: `Use the address of a repository, for example ${host.webUrl}/payments/ledger#services/api.`,
      },
    };
  }
  return { location: locationOf(host, found.slug), subpath: found.subpath };
}

function fromSlug(
  value: string,
  host: HostAddress,
  source: Address | undefined,
): EntityLocation {
  const slug = parseSlug(value);
  if (!slug) {
    return {
      problem: {
        message: `The annotation ${PROJECT_SLUG} cannot be used: it is not the path of a repository.`,
        action:
          'Use the path of the repository on its host with its groups, for example acme/payments/ledger.',
      },
    };
  }
  const same = source && 'slug' in source && source.slug === slug;
  return {
    location: locationOf(host, slug),
    subpath: same ? source.subpath : '',
  };
}

/** The host on which a slug is. */
function hostFor(
  annotations: AnnotatedEntity['annotations'],
  { source, hosts }: { source: Address | undefined; hosts: Hosts },
): HostAddress | undefined {
  const instance = annotations[INSTANCE]?.trim().toLowerCase();
  // One that is not read here is another source's.
  if (instance) return hosts.get(instance);
  const managed = sourceOf(annotations[ANNOTATION_LOCATION], hosts);
  const found = source?.host ?? managed?.host ?? hosts.get('gitlab.com');
  return found ?? (hosts.size === 1 ? [...hosts.values()][0] : undefined);
}

function sourceOf(
  value: string | undefined,
  hosts: Hosts,
): Address | undefined {
  return value?.startsWith('url:')
    ? parseAddress(value.slice('url:'.length).trim(), hosts)
    : undefined;
}
