import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { SourceStatus } from 'backstage-plugin-fettle-common';
import {
  Age,
  formatSpan,
  StatusIcon,
  tones,
  type Tone,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { FactList } from './FactList';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      alignContent: 'start',
    },
    bad: { color: tones(theme).bad },
    warn: { color: tones(theme).warn },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    errors: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      maxHeight: 220,
      overflowY: 'auto',
      '& li': {
        borderTop: `1px solid ${theme.palette.divider}`,
        padding: theme.spacing(0.5, 0),
        overflowWrap: 'anywhere',
      },
    },
    name: { fontWeight: 600 },
  }),
  { name: 'FettleReconcileFacts' },
);

/** What a source is asked for what it did not tell, and which repositories it does not answer about. */
export function ReconcileFacts(props: {
  reconcile: SourceStatus['reconcile'];
}) {
  const { reconcile } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  if (!reconcile) {
    return <div className={classes.quiet}>{t('sources.notAsked')}</div>;
  }
  const { repositories, overdue, failing, lagMs, errors } = reconcile;
  const counted = (
    count: number,
    tone: Extract<Tone, 'bad' | 'warn'>,
    status: 'fail' | 'warn',
  ) =>
    count > 0 ? (
      <span className={classes[tone]}>
        <StatusIcon status={status} /> {count.toLocaleString()}
      </span>
    ) : (
      '0'
    );
  return (
    <div className={classes.root}>
      <FactList
        label={t('sources.asked')}
        facts={[
          [t('sources.repositories'), repositories.toLocaleString()],
          [t('sources.overdue'), counted(overdue, 'warn', 'warn')],
          [t('sources.failing'), counted(failing, 'bad', 'fail')],
          [
            t('sources.lag'),
            lagMs === null ? t('sources.lagNever') : formatSpan(lagMs),
          ],
          [
            t('sources.answered'),
            <Age key="at" at={reconcile.lastSuccessAt} />,
          ],
        ]}
      />
      {errors.length > 0 && (
        <div>
          <span className={classes.quiet}>{t('sources.errors')}</span>
          {/* It scrolls, so a keyboard must reach it. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <ul className={classes.errors} tabIndex={0}>
            {errors.map(({ repositoryId, name, at, reason }) => (
              <li key={repositoryId}>
                <StatusIcon status="fail" />{' '}
                <span className={classes.name}>{name}</span> {reason.message}{' '}
                <span className={classes.quiet}>
                  {reason.action} <Age at={at} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
