import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/** An entity ref as people read it. */
export function refName(ref: string, defaultKind: string): string {
  return humanizeEntityRef(parseEntityRef(ref), {
    defaultKind,
    defaultNamespace: 'default',
  });
}
