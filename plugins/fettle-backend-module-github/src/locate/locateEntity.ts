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
import { locationOf, parseSlug } from './slug';

const PROJECT_SLUG = 'github.com/project-slug';

/** Which hosts an entity may name. */
export interface KnownHosts {
  /** Those of `fettle.github.hosts`: their repositories are read by this module. */
  read: ReadonlySet<string>;
  /** Those of `integrations.github`, read by whatever source reads any remote. */
  integrated: ReadonlySet<string>;
}

/**
 * Where an entity's repository is, if it is on a GitHub host.
 *
 * `fettle.dev/repository` wins: someone wrote it for Fettle. Then
 * `github.com/project-slug`, which someone wrote for Backstage; it names no
 * host, so that of the entity's own source counts. Last comes
 * `backstage.io/source-location`, which the catalog writes by itself. What
 * names another host is left to other sources.
 */
export function locateEntity(
  { annotations }: AnnotatedEntity,
  hosts: KnownHosts,
): EntityLocation | undefined {
  const own = annotations[ANNOTATION_REPOSITORY]?.trim();
  if (own !== undefined) return fromAddress(own, hosts);

  const source = sourceOf(annotations[ANNOTATION_SOURCE_LOCATION]);
  const slug = annotations[PROJECT_SLUG]?.trim();
  if (slug !== undefined) {
    const managed = sourceOf(annotations[ANNOTATION_LOCATION]);
    const host = hostFor([source?.host, managed?.host], hosts);
    return host ? fromSlug(slug, host, { source, hosts }) : undefined;
  }
  if (source && 'slug' in source && hosts.read.has(source.host)) {
    const { host, subpath } = source;
    return { location: locationOf(host, source.slug), subpath };
  }
  return undefined;
}

function fromAddress(
  value: string,
  hosts: KnownHosts,
): EntityLocation | undefined {
  const address = parseAddress(value);
  if (!address || !hosts.read.has(address.host)) return undefined;
  if ('problem' in address) {
    return {
      problem: {
        message: `The annotation ${ANNOTATION_REPOSITORY} cannot be used: ${address.problem}.`,
        action: `Use the address of a repository, for example https://${address.host}/payments/ledger#services/api.`,
      },
    };
  }
  const { host, slug, subpath } = address;
  return { location: locationOf(host, slug), subpath };
}

function fromSlug(
  value: string,
  host: string,
  { source, hosts }: { source: Address | undefined; hosts: KnownHosts },
): EntityLocation | undefined {
  const slug = parseSlug(value);
  if (!slug) {
    // What is wrong with an annotation for others is not said here.
    if (!hosts.read.has(host)) return undefined;
    return {
      problem: {
        message: `The annotation ${PROJECT_SLUG} cannot be used: it is not an owner and a name.`,
        action:
          'Use the path of the repository on its host, for example payments/ledger.',
      },
    };
  }
  const location = locationOf(host, slug);
  const same =
    source &&
    'slug' in source &&
    locationOf(source.host, source.slug).remote.toLowerCase() ===
      location.remote.toLowerCase();
  return { location, subpath: same ? source.subpath : '' };
}

/** The host on which a slug is: that of the entity's source, else the one that is read. */
function hostFor(
  candidates: (string | undefined)[],
  { read, integrated }: KnownHosts,
): string | undefined {
  for (const host of candidates) {
    if (host && (read.has(host) || integrated.has(host))) return host;
  }
  if (read.has('github.com')) return 'github.com';
  if (read.size === 1) return [...read][0];
  return undefined;
}

function sourceOf(value: string | undefined): Address | undefined {
  return value?.startsWith('url:')
    ? parseAddress(value.slice('url:'.length).trim())
    : undefined;
}
