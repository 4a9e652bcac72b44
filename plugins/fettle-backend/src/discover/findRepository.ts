import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type { Registry } from '../registry/Registry';
import type { FettleStore } from '../store/FettleStore';

/** Sources know in how many ways a remote can be written. */
export async function findRepository(
  remote: string,
  registry: Pick<Registry, 'sources'>,
  store: Pick<FettleStore, 'findByRemote'>,
): Promise<string | undefined> {
  for (const source of registry.sources.values()) {
    const found = source.locate({
      entityRef: 'push',
      annotations: { [ANNOTATION_REPOSITORY]: remote },
    });
    if (found && 'location' in found) {
      const id = await store.findByRemote(found.location.remote);
      if (id) return id;
    }
  }
  return undefined;
}
