import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RunSourceStatus } from 'backstage-plugin-fettle-common';
import { Age, StatePanel } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

/** The sources that fail to tell of runs, and what to do about each. */
export function SourceProblems(props: { sources: readonly RunSourceStatus[] }) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <>
      {props.sources
        .filter(({ state }) => state === 'failing')
        .map(({ source, lastHeardAt, reason }) => (
          <StatePanel
            key={source}
            kind="failing"
            title={t('source.failingTitle')}
            message={reason?.message ?? t('source.failingMessage')}
            source={source}
            lastKnown={
              <>
                {t('source.heard')} <Age at={lastHeardAt} />
              </>
            }
            action={reason?.action}
          />
        ))}
    </>
  );
}
