import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import {
  HistoryChart,
  Section,
  useHistory,
  useNow,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { ChangeList } from './ChangeList';

/** How the score moved in 90 days, and by what. */
export function HealthHistory(props: {
  repository: RepositoryHealth;
  dimmed: boolean;
}) {
  const { repository, dimmed } = props;
  const { t } = useTranslationRef(fettleTranslationRef);
  const now = useNow(600_000);
  const history = useHistory(
    repository.id,
    repository.subpath,
    repository.revision,
  );
  const changes = history.value?.changes ?? [];
  return (
    <>
      <Section title={t('health.history')}>
        <div style={dimmed ? { filter: 'grayscale(0.85)' } : undefined}>
          <HistoryChart
            days={history.value?.days ?? repository.days}
            changes={changes}
            end={now}
          />
        </div>
      </Section>
      <ChangeList history={history} />
    </>
  );
}
