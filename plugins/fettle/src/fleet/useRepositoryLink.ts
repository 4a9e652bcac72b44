import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import { repositoryPath } from './repositoryPath';

/**
 * Where a row leads: to the Health tab of the one entity that stands for the
 * repository. Where none does, or several claim parts of it, the repository
 * page tells them apart.
 */
export function useRepositoryLink(repository: RepositorySummary): string {
  const entityLink = useEntityRefLink();
  const { id, entities } = repository;
  const whole = entities.filter(claim => claim.subpath === '');
  const candidates = entities.length === 1 ? entities : whole;
  return candidates.length === 1
    ? `${entityLink(candidates[0].entityRef)}/health`
    : repositoryPath(id);
}
