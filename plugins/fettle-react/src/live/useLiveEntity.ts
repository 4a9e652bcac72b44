import { isError } from '@backstage/errors';
import type { EntityHealth } from 'backstage-plugin-fettle-common';
import { FLEET_SCOPE } from 'backstage-plugin-fettle-common';
import { useCallback, useEffect, useRef } from 'react';
import { EntityReader } from './readers/EntityReader';
import { useLiveReader } from './useLiveReader';
import { useMaybeRepository, type LiveRepository } from './useLiveRepository';

/**
 * An entity's repository that is kept up to date.
 *
 * @public
 */
export interface LiveEntity extends LiveRepository {
  /** Which repository the entity has, or why none; absent until it is known. */
  entity?: EntityHealth;
}

/**
 * The repository of a catalog entity, kept up to date. An entity without one
 * is `ready` without a value, and `entity.problem` says why; it is resolved
 * again whenever the fleet changes.
 *
 * @public
 */
export function useLiveEntity(entityRef: string): LiveEntity {
  const resolved = useLiveReader({
    scope: FLEET_SCOPE,
    key: `entity:${entityRef}`,
    create: api => new EntityReader(api, entityRef),
  });
  const entity = resolved.reader?.value;
  const repositoryId = entity?.repositoryId ?? undefined;
  const repository = useMaybeRepository(
    repositoryId === undefined
      ? undefined
      : { id: repositoryId, subpath: entity?.subpath ?? '' },
  );

  const { reload: resolveAnew, retry: retryEntity } = resolved;
  const {
    reload: reloadRepository,
    retry: retryRepository,
    value,
  } = repository;
  const gone = isError(repository.error) && repository.error.statusCode === 404;
  const moved =
    value !== undefined &&
    entity !== undefined &&
    !value.entities.some(
      claim =>
        claim.entityRef === entityRef && claim.subpath === entity.subpath,
    );
  // Once for each failure or revision: the claim may be one that the reader may not see.
  const moment = moved ? value.revision : undefined;
  const doubt = gone ? repository.error : moment;
  const lastDoubt = useRef<unknown>();
  useEffect(() => {
    if (doubt === lastDoubt.current) return;
    lastDoubt.current = doubt;
    if (doubt !== undefined) resolveAnew();
  }, [doubt, resolveAnew]);

  const reload = useCallback(() => {
    resolveAnew();
    reloadRepository();
  }, [resolveAnew, reloadRepository]);
  const retry = useCallback(() => {
    retryEntity();
    retryRepository();
  }, [retryEntity, retryRepository]);

  if (repositoryId !== undefined) {
    const error = repository.error ?? resolved.error;
    return { ...repository, error, entity, reload, retry };
  }
  const { error, live } = resolved;
  const known = error ? 'error' : 'loading';
  return {
    status: entity ? 'ready' : known,
    entity,
    error,
    live,
    reload,
    retry,
  };
}
