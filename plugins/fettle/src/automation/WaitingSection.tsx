import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  Section,
  Skeleton,
  TextButton,
  useLivePlans,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../translation';
import { PlanRow } from './PlanRow';

const STEP = 10;
const MOST = 200;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    quiet: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    error: { padding: theme.spacing(0, 2, 1.5) },
    foot: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettleWaitingSection' },
);

/** Plans that somebody has to approve, or to apply. */
export function WaitingSection({ total }: { total: number }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const [limit, setLimit] = useState(STEP);
  const { value, error, live, retry } = useLivePlans({
    state: ['waiting', 'ready'],
    for: 'person',
    limit,
  });
  return (
    <div id="waiting">
      <Section
        title={t('automation.waitingTitle')}
        aside={
          total > 0
            ? t('automation.toApprove', { n: String(total) })
            : undefined
        }
        flush
      >
        {!value && error && (
          <div className={classes.error}>
            <ErrorPanel
              error={error}
              permission={playbookReadPermission.name}
              since={live.since.toISOString()}
              onRetry={retry}
            />
          </div>
        )}
        {!value && !error && (
          <div className={classes.quiet}>
            <Skeleton height={48} />
          </div>
        )}
        {value && value.items.length === 0 && (
          <div className={classes.quiet}>{t('automation.nothingWaits')}</div>
        )}
        {value && value.items.length > 0 && (
          <ul className={classes.list}>
            {value.items.map(plan => (
              <PlanRow key={plan.id} plan={plan} />
            ))}
          </ul>
        )}
        {value?.nextCursor && limit < MOST && (
          <div className={classes.foot}>
            <TextButton
              color="primary"
              onClick={() => setLimit(shown => Math.min(MOST, shown + 50))}
            >
              {t('automation.more')}
            </TextButton>
          </div>
        )}
      </Section>
    </div>
  );
}
