import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_REPOSITORY,
  repositoryReadPermission,
} from 'backstage-plugin-fettle-common';
import {
  AutomationDrawerProvider,
  CopyableConfig,
  ErrorPanel,
  FettleBody,
  StatePanel,
  useEntityRepository,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { PipelinesSkeleton } from './PipelinesSkeleton';
import { PipelinesView } from './PipelinesView';

/** The annotation that names an entity's repository, ready to copy. */
const ANNOTATION_LINES = `metadata:
  annotations:
    ${ANNOTATION_REPOSITORY}: https://git.example.com/team/repository.git`;

/** The runs of the entity whose page this is. */
export function EntityPipelines() {
  return (
    <FettleBody>
      <AutomationDrawerProvider>
        <EntityPipelinesStates />
      </AutomationDrawerProvider>
    </FettleBody>
  );
}

function EntityPipelinesStates() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const resolved = useEntityRepository(stringifyEntityRef(entity));
  const { entity: found, error, live, reload, retry } = resolved;

  if (found && found.repositoryId !== null) {
    return (
      <PipelinesView
        key={`${found.repositoryId}:${found.subpath}`}
        repositoryId={found.repositoryId}
        subpath={found.subpath}
        onGone={reload}
      />
    );
  }
  if (found) {
    const { problem } = found;
    const none = problem === null;
    return (
      <StatePanel
        kind={none ? 'empty' : 'problem'}
        title={t(none ? 'entity.noneTitle' : 'entity.problemTitle')}
        message={problem?.message ?? t('entity.noneMessage')}
        action={problem?.action}
      >
        <CopyableConfig text={ANNOTATION_LINES} />
      </StatePanel>
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
  return <PipelinesSkeleton />;
}
