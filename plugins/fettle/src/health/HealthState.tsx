import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LinearProgress from '@material-ui/core/LinearProgress';
import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import { Age, formatDuration, StatePanel } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

/** Why a repository is not simply read and fresh, and what to do. */
export function HealthState(props: { repository: RepositoryHealth }) {
  const { repository } = props;
  const { reason, score, collectedAt } = repository;
  const { t } = useTranslationRef(fettleTranslationRef);
  const lastKnown = collectedAt ? (
    <>
      {t('state.lastKnownScore', {
        score: score === null ? t('lately.unknown') : String(score),
      })}{' '}
      <Age at={collectedAt} />
    </>
  ) : (
    t('state.lastKnownNone')
  );

  switch (repository.state) {
    case 'pending':
      return (
        <StatePanel
          kind="pending"
          title={t('state.pendingTitle')}
          message={t(
            repository.collecting ? 'state.pendingNow' : 'state.pendingMessage',
          )}
          source={repository.remote}
        >
          <LinearProgress
            aria-label={t('state.pendingTitle')}
            style={{ width: 280 }}
          />
        </StatePanel>
      );
    case 'empty':
      return (
        <StatePanel
          kind="empty"
          title={t('state.emptyTitle')}
          message={reason?.message ?? t('state.emptyMessage')}
          source={repository.remote}
          action={reason?.action}
        />
      );
    case 'failing':
      return (
        <StatePanel
          kind="failing"
          title={t('state.failingTitle')}
          message={reason?.message}
          source={repository.remote}
          since={repository.changedAt}
          lastKnown={lastKnown}
          action={reason?.action}
        />
      );
    case 'stale':
      return (
        <StatePanel
          kind="stale"
          title={t('state.staleTitle')}
          message={
            reason?.message ??
            t('state.staleMessage', {
              limit: formatDuration(repository.staleAfterSeconds),
            })
          }
          source={repository.remote}
          lastKnown={lastKnown}
          action={
            reason?.action ??
            (repository.mayRefresh ? t('state.refreshAction') : undefined)
          }
        />
      );
    default:
      return null;
  }
}
