import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  repositoryReadPermission,
  type History,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  Section,
  Skeleton,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { Change, ChangeItems } from '../change/Change';
import { fettleTranslationRef } from '../translation';

const SHOWN = 6;

/** Every change of score and verdicts, newest first. */
export function ChangeList(props: {
  history: { value?: History; error?: Error; retry?: () => void };
}) {
  const { value, error, retry } = props.history;
  const { t } = useTranslationRef(fettleTranslationRef);
  const [all, setAll] = useState(false);
  const changes = value?.changes ?? [];
  const shown = all ? changes : changes.slice(0, SHOWN);
  return (
    <Section title={t('health.changes')}>
      {!value && error && (
        <ErrorPanel
          error={error}
          permission={repositoryReadPermission.name}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={96} />}
      {value && changes.length === 0 && t('health.noChanges')}
      {shown.length > 0 && (
        <ChangeItems>
          {shown.map(change => (
            <Change
              key={`${change.at} ${change.commit} ${change.subpath}`}
              change={change}
            />
          ))}
        </ChangeItems>
      )}
      {changes.length > SHOWN && (
        <TextButton onClick={() => setAll(was => !was)}>
          {all
            ? t('health.fewerChanges')
            : t('health.moreChanges', { total: String(changes.length) })}
        </TextButton>
      )}
    </Section>
  );
}
