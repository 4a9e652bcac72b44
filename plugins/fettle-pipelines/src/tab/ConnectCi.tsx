import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RunSourceStatus } from 'backstage-plugin-fettle-common';
import { CopyableConfig, StatePanel } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { useIntake } from './useIntake';

/** The way in for every CI: it needs no more than a request. */
const ANY_CI = 'cdevents';

const SENDER_LINES = `fettle:
  cdevents:
    senders:
      - id: my-ci
        token: \${CDEVENTS_TOKEN}`;

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      display: 'grid',
      gap: theme.spacing(1.5),
      width: '100%',
      minWidth: 0,
    },
    item: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
    name: { fontWeight: 600 },
    note: { color: theme.palette.text.secondary, margin: 0 },
  }),
  { name: 'FettleConnectCi' },
);

/** Says what would be here, and how each source gets to tell of runs. */
export function ConnectCi(props: {
  sources: readonly RunSourceStatus[];
  /** Instead of those of a repository. */
  title?: ReactNode;
  message?: ReactNode;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const intake = useIntake();
  const hosts = props.sources.filter(({ source }) => source !== ANY_CI);
  return (
    <StatePanel
      kind="empty"
      title={props.title ?? t('empty.title')}
      message={props.message ?? t('empty.message')}
    >
      <ul className={classes.list}>
        {hosts.map(({ source, state, reason }) => (
          <li key={source} className={classes.item}>
            <span className={classes.name}>
              {t('empty.webhook', { source })}
            </span>
            <p className={classes.note}>
              {reason
                ? `${reason.message} ${reason.action}`
                : t(state === 'silent' ? 'empty.silent' : 'empty.connected')}
            </p>
            <CopyableConfig text={`${intake}/deliveries/${source}`} />
          </li>
        ))}
        <li className={classes.item}>
          <span className={classes.name}>{t('empty.anyCi')}</span>
          <p className={classes.note}>{t('empty.anyCiHow')}</p>
          <CopyableConfig text={SENDER_LINES} />
          <CopyableConfig text={`${intake}/deliveries/${ANY_CI}`} />
        </li>
      </ul>
    </StatePanel>
  );
}
