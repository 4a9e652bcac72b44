import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import {
  CopyableConfig,
  StatePanel,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const ENTITY_LINES = `metadata:
  annotations:
    ${ANNOTATION_REPOSITORY}: https://git.example.com/team/repository.git`;

const CONFIG_LINES = `fettle:
  git:
    repositories:
      - /path/to/a/folder/of/repositories
      - https://git.example.com/team/repository.git`;

/** What would be here, and how to get it. */
export function EmptyFleet(props: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslationRef(fettleTranslationRef);
  if (props.filtered) {
    return (
      <StatePanel
        kind="empty"
        title={t('empty.filteredTitle')}
        message={t('empty.filteredMessage')}
      >
        <TextButton variant="outlined" onClick={props.onClear}>
          {t('filter.clear')}
        </TextButton>
      </StatePanel>
    );
  }
  return (
    <StatePanel
      kind="empty"
      title={t('empty.title')}
      message={t('empty.message')}
    >
      <CopyableConfig text={ENTITY_LINES} />
      <CopyableConfig text={CONFIG_LINES} />
    </StatePanel>
  );
}
