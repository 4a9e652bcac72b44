import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** Makes the address of an entity's Pipelines tab, with a run opened if one is given. */
export function useEntityPipelinesLink(): (
  entityRef: string,
  runId?: string,
) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return (entityRef, runId) => {
    const params = entityRouteParams(parseEntityRef(entityRef), {
      encodeParams: true,
    });
    const query = runId ? `?run=${encodeURIComponent(runId)}` : '';
    return `${entityRoute(params)}/pipelines${query}`;
  };
}
