import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Approval } from 'backstage-plugin-fettle-common';
import { useNow } from '../live/useNow';
import { Age } from '../widgets/Age';
import { StatusIcon } from '../widgets/StatusIcon';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Actor } from './Actor';
import { Moment } from './Moment';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleApprovalList' },
);

/** Who said what of a plan, and until when that holds. */
export function ApprovalList(props: { approvals: readonly Approval[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const now = useNow(15_000);
  return (
    <ul className={classes.list}>
      {props.approvals.map(({ actor, decision, reason, at, expiresAt }) => {
        const over = expiresAt !== null && new Date(expiresAt) <= now;
        return (
          <li key={`${actor} ${at}`} className={classes.item}>
            <StatusIcon status={decision === 'approved' ? 'pass' : 'fail'} />{' '}
            {t(`automation.decision.${decision}`)} <Actor actor={actor} />{' '}
            <span className={classes.quiet}>
              <Age at={at} />
              {expiresAt && decision === 'approved' && (
                <>
                  {' · '}
                  {t(
                    over ? 'automation.expired' : 'automation.holdsUntil',
                  )}{' '}
                  <Moment at={expiresAt} />
                </>
              )}
            </span>
            {reason && <div>{reason}</div>}
          </li>
        );
      })}
    </ul>
  );
}
