import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/** An owner as people read it; a link may name one that no entity can have. */
export function ownerName(owner: string): string {
  try {
    return humanizeEntityRef(parseEntityRef(owner), {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
  } catch {
    return owner;
  }
}
