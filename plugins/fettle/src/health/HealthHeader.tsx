import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import {
  Freshness,
  LiveMark,
  ScoreBadge,
  ScoreBreakdown,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { RefreshButton } from './RefreshButton';

const useStyles = makeStyles(
  theme => ({
    root: {
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      padding: theme.spacing(1.5, 2),
      display: 'grid',
      gap: theme.spacing(1.5),
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
    },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.75, 1.5),
    },
  }),
  { name: 'FettleHealthHeader' },
);

/** The one glance: score, where it comes from, and how fresh it is. */
export function HealthHeader(props: {
  repository: RepositoryHealth;
  live: LiveState;
  reload: () => void;
  retry: () => void;
  dimmed: boolean;
}) {
  const { repository, live, reload, retry, dimmed } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <section className={classes.root} aria-label={t('health.score')}>
      <div className={classes.line}>
        <ScoreBadge
          size="hero"
          score={repository.score}
          level={repository.level}
          upTo={repository.upTo}
          trend={repository.trend}
          dimmed={dimmed}
        />
        <div className={classes.facts}>
          <LiveMark live={live} onRetry={retry} />
          <Freshness repository={repository} />
          <RefreshButton repository={repository} onAccepted={reload} />
        </div>
      </div>
      <ScoreBreakdown verdicts={repository.verdicts} dimmed={dimmed} />
    </section>
  );
}
