import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { HostStatus } from 'backstage-plugin-fettle-common';
import {
  Age,
  formatSpan,
  StatusIcon,
  tones,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { ClockTime } from './ClockTime';

/** A clock that is off by less is no matter. */
const SKEW_MS = 30_000;

const SHAPES = {
  ok: 'pass',
  waiting: 'warn',
  failing: 'fail',
  unused: 'unknown',
} as const;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'grid',
        gap: 2,
        maxWidth: 480,
        overflowWrap: 'anywhere',
      },
      ok: { color: tone.good },
      waiting: { color: tone.warn },
      failing: { color: tone.bad },
      unused: { color: tone.unknown },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    };
  },
  { name: 'FettleHostState' },
);

/** How a host answers: until when it is waited for, its last error, and a clock that is off. */
export function HostState(props: { host: HostStatus }) {
  const { state, blockedUntil, error, errorAt, clockSkewMs } = props.host;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const skew = clockSkewMs ?? 0;
  return (
    <div className={classes.root}>
      <span>
        <span className={classes[state]}>
          <StatusIcon status={SHAPES[state]} />{' '}
          {t(`sources.hostStates.${state}`)}
        </span>
        {blockedUntil && (
          <>
            {' '}
            {t('sources.until')} <ClockTime at={blockedUntil} />
          </>
        )}
      </span>
      {error && (
        <span>
          {error.message}{' '}
          <span className={classes.quiet}>
            {error.action} {errorAt && <Age at={errorAt} />}
          </span>
        </span>
      )}
      {Math.abs(skew) >= SKEW_MS && (
        <span>
          <StatusIcon status="warn" />{' '}
          {t(skew > 0 ? 'sources.ahead' : 'sources.behind', {
            span: formatSpan(Math.abs(skew)),
          })}
        </span>
      )}
    </div>
  );
}
