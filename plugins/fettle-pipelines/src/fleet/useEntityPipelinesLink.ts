import { useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Makes the address of an entity's Pipelines tab, with a run opened or narrowed to a pipeline. */
export function useEntityPipelinesLink(): (
  entityRef: string,
  to?: { run?: string; pipeline?: string },
) => string {
  const entityLink = useEntityRefLink();
  return (entityRef, { run, pipeline } = {}) => {
    const query = new URLSearchParams({
      ...(pipeline ? { pipeline } : {}),
      ...(run ? { run } : {}),
    }).toString();
    return `${entityLink(entityRef)}/pipelines${query && `?${query}`}`;
  };
}
