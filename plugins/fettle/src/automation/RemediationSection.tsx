import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  playbookReadPermission,
  remediationStateSchema,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  isEnd,
  Section,
  Skeleton,
  useLiveRemediations,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { RemediationRow } from './RemediationRow';

const SHOWN = 8;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    quiet: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    error: { padding: theme.spacing(0, 2, 1.5) },
  }),
  { name: 'FettleRemediationSection' },
);

const STATES = {
  running: remediationStateSchema.options.filter(state => !isEnd(state)),
  ended: remediationStateSchema.options.filter(isEnd),
};

/** The remediations that run, or that ended last. */
export function RemediationSection(props: { kind: 'running' | 'ended' }) {
  const { kind } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value, error, live, retry } = useLiveRemediations(undefined, {
    state: STATES[kind],
    limit: SHOWN,
  });
  const all = `remediations?${STATES[kind]
    .map(state => `state=${state}`)
    .join('&')}`;
  return (
    <Section
      title={t(`automation.${kind}Title`)}
      aside={
        value && value.total > value.items.length ? (
          <Link to={all}>
            {t('automation.showAll', { n: value.total.toLocaleString() })}
          </Link>
        ) : undefined
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
        <div className={classes.quiet}>{t(`automation.${kind}None`)}</div>
      )}
      {value && value.items.length > 0 && (
        <ul className={classes.list}>
          {value.items.map(remediation => (
            <RemediationRow key={remediation.id} remediation={remediation} />
          ))}
        </ul>
      )}
    </Section>
  );
}
