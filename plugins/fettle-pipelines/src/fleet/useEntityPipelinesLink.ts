import { useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Makes the address of an entity's Pipelines tab, with a run opened if one is given. */
export function useEntityPipelinesLink(): (
  entityRef: string,
  runId?: string,
) => string {
  const entityLink = useEntityRefLink();
  return (entityRef, runId) => {
    const query = runId ? `?run=${encodeURIComponent(runId)}` : '';
    return `${entityLink(entityRef)}/pipelines${query}`;
  };
}
