import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_REPOSITORY,
  repositoryReadPermission,
} from 'backstage-plugin-fettle-common';
import {
  CopyableConfig,
  ErrorPanel,
  FettleBody,
  StatePanel,
  useLiveEntity,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { HealthSkeleton } from './HealthSkeleton';
import { HealthView } from './HealthView';

/** The annotation that names an entity's repository, ready to copy. */
const ANNOTATION_LINES = `metadata:
  annotations:
    ${ANNOTATION_REPOSITORY}: https://git.example.com/team/repository.git`;

/** The health of the entity whose page this is. */
export function EntityHealth() {
  return (
    <FettleBody>
      <EntityHealthStates />
    </FettleBody>
  );
}

function EntityHealthStates() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(fettleTranslationRef);
  const result = useLiveEntity(entityRef);
  const { value, error, live, reload, retry } = result;

  if (value) {
    return (
      <HealthView
        repository={value}
        live={live}
        reload={reload}
        retry={retry}
        entityRef={entityRef}
      />
    );
  }
  if (error) {
    return (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (result.entity && result.entity.repositoryId === null) {
    const { problem } = result.entity;
    const none = problem === null;
    return (
      <StatePanel
        kind={none ? 'empty' : 'problem'}
        title={t(none ? 'entity.noneTitle' : 'entity.problemTitle')}
        message={problem?.message ?? t('entity.noneMessage')}
        action={problem?.action}
      >
        <CopyableConfig text={ANNOTATION_LINES} />
        {none && <p style={{ margin: 0 }}>{t('entity.folder')}</p>}
      </StatePanel>
    );
  }
  return <HealthSkeleton />;
}
