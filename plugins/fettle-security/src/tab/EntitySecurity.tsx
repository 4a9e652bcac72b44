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
import { fettleSecurityTranslationRef } from '../translation';
import { SecuritySkeleton } from './SecuritySkeleton';
import { SecurityView } from './SecurityView';

/** The annotation that names an entity's repository, ready to copy. */
const ANNOTATION_LINES = `metadata:
  annotations:
    ${ANNOTATION_REPOSITORY}: https://git.example.com/team/repository.git`;

/** What is wrong with the entity whose page this is. */
export function EntitySecurity() {
  return (
    <FettleBody>
      <AutomationDrawerProvider>
        <EntitySecurityStates />
      </AutomationDrawerProvider>
    </FettleBody>
  );
}

function EntitySecurityStates() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const resolved = useEntityRepository(stringifyEntityRef(entity));
  const { entity: found, error, live, retry } = resolved;
  if (found && found.repositoryId !== null) {
    return (
      <SecurityView
        key={`${found.repositoryId}:${found.subpath}`}
        repositoryId={found.repositoryId}
        subpath={found.subpath}
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
  return <SecuritySkeleton />;
}
